/** Which sessions stand in which tab of the dock: pure functions over a plain list of tabs. */

/** How two panes of a tab stand: side by side, or one below the other. */
export type SplitDirection = 'horizontal' | 'vertical';

export interface DockTab {
  /** The session the tab was made for. */
  readonly id: string;
  /** One session, or two when split. */
  readonly panes: readonly string[];
  readonly direction: SplitDirection;
  /** The pane that has, or had last, the keyboard. */
  readonly active: string;
}

export interface DockLayout {
  readonly tabs: readonly DockTab[];
  readonly selected: string | undefined;
}

export const emptyLayout: DockLayout = { tabs: [], selected: undefined };

/** The tab's element on the page. */
export const tabElementId = (tab: string): string => `terminal-tab-${tab}`;

const tabFor = (session: string): DockTab => ({
  id: session,
  panes: [session],
  direction: 'horizontal',
  active: session,
});

export const selectedTab = ({ tabs, selected }: DockLayout): DockTab | undefined =>
  tabs.find(({ id }) => id === selected);

const tabOf = ({ tabs }: DockLayout, session: string): DockTab | undefined =>
  tabs.find(({ panes }) => panes.includes(session));

/** Drops the sessions that are gone, gives each new one a tab, and keeps something selected. */
export function followSessions(layout: DockLayout, sessions: readonly string[]): DockLayout {
  const there = new Set(sessions);
  const kept = layout.tabs.flatMap((tab) => {
    const panes = tab.panes.filter((session) => there.has(session));
    const [first] = panes;
    if (!first) return [];
    if (panes.length === tab.panes.length) return [tab];
    return [{ ...tab, panes, active: first }];
  });
  const placed = new Set(kept.flatMap(({ panes }) => panes));
  const tabs = [...kept, ...sessions.filter((session) => !placed.has(session)).map(tabFor)];
  if (tabs.some(({ id }) => id === layout.selected)) {
    const isSame =
      tabs.length === layout.tabs.length && tabs.every((tab, at) => tab === layout.tabs[at]);
    return isSame ? layout : { tabs, selected: layout.selected };
  }
  const at = layout.tabs.findIndex(({ id }) => id === layout.selected);
  return { tabs, selected: tabs[Math.min(Math.max(at, 0), tabs.length - 1)]?.id };
}

/** Selects the tab that shows the session, and gives its pane the keyboard. */
export function selectSession(layout: DockLayout, session: string): DockLayout {
  const tab = tabOf(layout, session);
  if (!tab) return layout;
  return {
    tabs: layout.tabs.map((other) => (other === tab ? { ...tab, active: session } : other)),
    selected: tab.id,
  };
}

/** Puts a session beside the one pane of a tab. A tab that is already split stays as it is. */
export function splitTab(
  layout: DockLayout,
  tabId: string,
  session: string,
  direction: SplitDirection,
): DockLayout {
  const tab = layout.tabs.find(({ id }) => id === tabId);
  if (!tab || tab.panes.length > 1 || tab.id === session) return selectSession(layout, session);
  const split = { ...tab, panes: [...tab.panes, session], direction, active: session };
  return {
    tabs: layout.tabs.flatMap((other) => {
      if (other === tab) return [split];
      return other.panes.includes(session) ? [] : [other];
    }),
    selected: tab.id,
  };
}

/** The tab `step` places further, around the ends. */
export function stepTab(layout: DockLayout, step: 1 | -1): DockLayout {
  const { tabs, selected } = layout;
  if (tabs.length === 0) return layout;
  const at = tabs.findIndex(({ id }) => id === selected);
  return { tabs, selected: tabs[(at + step + tabs.length) % tabs.length]?.id };
}

/** The pane of a split tab that has not the keyboard gets it. */
export function otherPane(layout: DockLayout): DockLayout {
  const tab = selectedTab(layout);
  const other = tab?.panes.find((session) => session !== tab.active);
  return other === undefined ? layout : selectSession(layout, other);
}

const mostPanes = 2;

/** A layout of an earlier page; undefined for anything else a former version may have left. */
export function acceptLayout(stored: unknown): DockLayout | undefined {
  const { tabs, selected } = (stored ?? {}) as Partial<DockLayout>;
  if (!Array.isArray(tabs) || !tabs.every(isTab)) return undefined;
  return { tabs, selected: typeof selected === 'string' ? selected : undefined };
}

function isTab(stored: unknown): stored is DockTab {
  const { id, panes, direction, active } = (stored ?? {}) as Partial<DockTab>;
  return (
    typeof id === 'string' &&
    Array.isArray(panes) &&
    panes.length <= mostPanes &&
    panes.every((session) => typeof session === 'string') &&
    (direction === 'horizontal' || direction === 'vertical') &&
    typeof active === 'string'
  );
}
