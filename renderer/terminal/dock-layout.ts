/** Which sessions stand in which tab of the dock: pure functions over a plain list of tabs. */
import { hasRoom, neighbourOf, type PaneWay } from './pane-places.ts';
import {
  acceptTree,
  keepPanes,
  mostPanes,
  type PaneTree,
  panesOf,
  type SplitDirection,
  splitPane,
} from './pane-tree.ts';

export interface DockTab {
  /** The session the tab was made for. */
  readonly id: string;
  readonly tree: PaneTree;
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

const tabFor = (session: string): DockTab => ({ id: session, tree: session, active: session });

export const selectedTab = ({ tabs, selected }: DockLayout): DockTab | undefined =>
  tabs.find(({ id }) => id === selected);

const tabOf = ({ tabs }: DockLayout, session: string): DockTab | undefined =>
  tabs.find(({ tree }) => panesOf(tree).includes(session));

export const isSplit = ({ tree }: DockTab): boolean => typeof tree !== 'string';

/** Whether the session's pane shares its tab with others. */
export function isInSplit(layout: DockLayout, session: string): boolean {
  const tab = tabOf(layout, session);
  return tab !== undefined && isSplit(tab);
}

/** Drops the sessions that are gone, gives each new one a tab, and keeps something selected. */
export function followSessions(layout: DockLayout, sessions: readonly string[]): DockLayout {
  const there = new Set(sessions);
  const kept = layout.tabs.flatMap((tab) => {
    const tree = keepPanes(tab.tree, (session) => there.has(session));
    if (tree === undefined) return [];
    const panes = panesOf(tree);
    const former = panesOf(tab.tree);
    if (panes.length === former.length) return [tab];
    // Who stood before the one that went is next to it, or who was first is now.
    const before = former.slice(0, former.indexOf(tab.active) + 1);
    const active = before.findLast((session) => there.has(session)) ?? panes[0] ?? tab.active;
    return [{ ...tab, tree, active }];
  });
  const placed = new Set(kept.flatMap(({ tree }) => panesOf(tree)));
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

/** Takes a session from its own tab and puts it beside a pane; where there is no room for it, it is only selected. */
export function splitTab(
  layout: DockLayout,
  pane: string,
  session: string,
  direction: SplitDirection,
): DockLayout {
  const tab = tabOf(layout, pane);
  if (
    !tab ||
    isInSplit(layout, session) ||
    pane === session ||
    !hasRoom(tab.tree, pane, direction)
  ) {
    return selectSession(layout, session);
  }
  const split = { ...tab, tree: splitPane(tab.tree, pane, session, direction), active: session };
  return {
    tabs: layout.tabs
      .filter(({ tree }) => tree !== session)
      .map((other) => (other === tab ? split : other)),
    selected: tab.id,
  };
}

/** Gives a tab other sizes of its panes. */
export function resizePanes(
  layout: DockLayout,
  tabId: string,
  resize: (tree: PaneTree) => PaneTree,
): DockLayout {
  const tabs = layout.tabs.map((tab) =>
    tab.id === tabId ? { ...tab, tree: resize(tab.tree) } : tab,
  );
  return { ...layout, tabs };
}

/** The tab `step` places further, around the ends. */
export function stepTab(layout: DockLayout, step: 1 | -1): DockLayout {
  const { tabs, selected } = layout;
  if (tabs.length === 0) return layout;
  const at = tabs.findIndex(({ id }) => id === selected);
  return { tabs, selected: tabs[(at + step + tabs.length) % tabs.length]?.id };
}

/** The next pane of the selected tab in reading order gets the keyboard, after the last the first. */
export function nextPane(layout: DockLayout): DockLayout {
  const tab = selectedTab(layout);
  if (!tab || !isSplit(tab)) return layout;
  const panes = panesOf(tab.tree);
  const next = panes[(panes.indexOf(tab.active) + 1) % panes.length];
  return next === undefined ? layout : selectSession(layout, next);
}

/** The pane that stands that way of the one with the keyboard gets it, if there is one. */
export function paneTowards(layout: DockLayout, way: PaneWay): DockLayout {
  const tab = selectedTab(layout);
  const next = tab && neighbourOf(tab.tree, tab.active, way);
  return next === undefined ? layout : selectSession(layout, next);
}

/** A layout of an earlier page; undefined for anything else a former version may have left. */
export function acceptLayout(stored: unknown): DockLayout | undefined {
  const { tabs, selected } = (stored ?? {}) as Partial<DockLayout>;
  if (!Array.isArray(tabs)) return undefined;
  const accepted = tabs.map(acceptTab).flatMap((tab) => tab ?? []);
  const panes = accepted.flatMap(({ tree }) => panesOf(tree));
  if (accepted.length < tabs.length || new Set(panes).size < panes.length) return undefined;
  return { tabs: accepted, selected: typeof selected === 'string' ? selected : undefined };
}

function acceptTab(stored: unknown): DockTab | undefined {
  const { id, tree: storedTree, active } = (stored ?? {}) as Partial<DockTab>;
  const tree = acceptTree(storedTree);
  if (typeof id !== 'string' || tree === undefined) return undefined;
  const panes = panesOf(tree);
  if (typeof active !== 'string' || !panes.includes(active) || panes.length > mostPanes) {
    return undefined;
  }
  return { id, tree, active };
}
