/** What each key of the dock does. */
import { assertNever } from '../../preload/contract/errors.ts';
import type { PreferencesState } from '../settings/preferences-store.ts';
import { selectedTab, stepTab } from './dock-layout.ts';
import { copySelection } from './pane-actions.ts';
import type { DockCommand } from './pane-keys.ts';
import type { TerminalPool } from './terminal-pool.ts';

const defaultTextPx = 13;
const smallestTextPx = 8;
const largestTextPx = 32;

/** @param askInstance asks on which instance a new terminal shall be */
export function runDockCommand(
  command: DockCommand,
  pool: TerminalPool,
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
  const step = (by: 1 | -1) =>
    dock.setState(({ layout }) => {
      const next = stepTab(layout, by);
      return { layout: next, wanted: selectedTab(next)?.active };
    });

  switch (command) {
    case 'copy':
      if (pane) void copySelection(pane).catch(() => undefined);
      return;
    case 'paste':
      return;
    case 'search':
      dock.setState({ searching: tab !== undefined });
      return;
    case 'new-terminal':
      askInstance();
      return;
    case 'next-tab':
      step(1);
      return;
    case 'previous-tab':
      step(-1);
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
