/** What each key of the dock does. */
import { assertNever } from '../../preload/contract/errors.ts';
import type { Terminal } from '../../preload/contract/terminals.ts';
import type { PreferencesState } from '../settings/preferences-store.ts';
import { noBroadcast } from './broadcast.ts';
import {
  type DockLayout,
  nextPane,
  paneTowards,
  selectedTab,
  stepTab,
  tabElementId,
} from './dock-layout.ts';
import { copySelection } from './pane-actions.ts';
import type { DockCommand } from './pane-keys.ts';
import { hasRoom } from './pane-places.ts';
import type { SplitDirection } from './pane-tree.ts';
import type { TerminalPool } from './terminal-pool.ts';

const defaultTextPx = 13;
const smallestTextPx = 8;
const largestTextPx = 32;

/** @param find the session as the core tells it; @param askInstance asks on which instance a new terminal shall be */
export function runDockCommand(
  command: DockCommand,
  pool: TerminalPool,
  find: (session: string) => Terminal | undefined,
  { preferences, change }: Pick<PreferencesState, 'preferences' | 'change'>,
  askInstance: () => void,
): void {
  const { dock } = pool;
  const tab = selectedTab(dock.getState().layout);
  const pane = tab && pool.existing(tab.active);
  const zoom = (sizePx: number) => {
    const fontSizePx = Math.min(largestTextPx, Math.max(smallestTextPx, sizePx));
    // Where it cannot be kept, nothing changes: the next press tries again.
    change({ terminal: { fontSizePx } }).catch(() => undefined);
  };
  const textPx = preferences?.terminal.fontSizePx ?? defaultTextPx;
  const go = (step: (layout: DockLayout) => DockLayout) =>
    dock.setState(({ layout }) => {
      const next = step(layout);
      return { layout: next, wanted: selectedTab(next)?.active, searching: false };
    });

  switch (command) {
    case 'copy':
      if (pane) void copySelection(pane).catch(() => undefined);
      return;
    case 'copy-and-deselect':
      if (!pane) return;
      copySelection(pane).then(
        () => pane.clearSelection(),
        () => undefined,
      );
      return;
    case 'paste':
      return;
    case 'search':
      dock.setState({ searching: tab !== undefined });
      return;
    case 'new-terminal':
      askInstance();
      return;
    case 'split-right':
    case 'split-down':
      split(pool, command === 'split-right' ? 'horizontal' : 'vertical', find);
      return;
    case 'next-pane':
      go(nextPane);
      return;
    case 'pane-left':
      go((layout) => paneTowards(layout, 'left'));
      return;
    case 'pane-right':
      go((layout) => paneTowards(layout, 'right'));
      return;
    case 'pane-up':
      go((layout) => paneTowards(layout, 'up'));
      return;
    case 'pane-down':
      go((layout) => paneTowards(layout, 'down'));
      return;
    case 'close-pane':
      if (tab) pool.close(tab.active);
      return;
    case 'broadcast':
      toggleBroadcast(pool);
      return;
    case 'leave':
      // Every other key is the shell's, Tab too: without this one nobody gets out by keyboard.
      if (tab) document.getElementById(tabElementId(tab.id))?.focus();
      return;
    case 'next-tab':
      go((layout) => stepTab(layout, 1));
      return;
    case 'previous-tab':
      go((layout) => stepTab(layout, -1));
      return;
    case 'larger-text':
      zoom(textPx + 1);
      return;
    case 'smaller-text':
      zoom(textPx - 1);
      return;
    case 'default-text':
      zoom(defaultTextPx);
      return;
    default:
      assertNever(command);
  }
}

/** Opens another terminal on the instance of the pane with the keyboard, beside it, where there is room. */
export function split(
  { dock, open }: Pick<TerminalPool, 'dock' | 'open'>,
  direction: SplitDirection,
  find: (session: string) => Terminal | undefined,
): void {
  const tab = selectedTab(dock.getState().layout);
  if (!tab || !hasRoom(tab.tree, tab.active, direction)) return;
  const instance = find(tab.active)?.instance;
  if (instance !== undefined) void open(instance, { beside: { pane: tab.active, direction } });
}

/** Ends it, or asks which terminals are to take each other's typing. */
export function toggleBroadcast({ dock }: Pick<TerminalPool, 'dock'>): void {
  dock.setState(({ broadcast }) =>
    broadcast.length > 0 ? { broadcast: noBroadcast } : { choosingBroadcast: true },
  );
}
