/** What the dock shows: tabs, whether it is folded away, its height, and what it asks or says. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createRemembered } from '../ui/remembered.ts';
import { type DockLayout, emptyLayout } from './dock-layout.ts';
import type { Paste } from './sanitise-paste.ts';

export interface DockState {
  readonly layout: DockLayout;
  readonly collapsed: boolean;
  readonly heightPx: number;
  readonly searching: boolean;
  /** The session whose pane is to take the keyboard as soon as it is seen. */
  readonly wanted: string | undefined;
  /** A paste that waits for a person's word. */
  readonly question:
    | { readonly session: string; readonly paste: Paste; readonly raw: string }
    | undefined;
}

export type DockStore = StoreApi<DockState>;

const initialHeightPx = 280;

export function createDockStore(): DockStore {
  const remembered = createRemembered('dock-height', initialHeightPx, (stored) =>
    typeof stored === 'number' && stored > 0 ? stored : undefined,
  );
  const store = createStore<DockState>(() => ({
    layout: emptyLayout,
    collapsed: false,
    heightPx: remembered.read(),
    searching: false,
    wanted: undefined,
    question: undefined,
  }));
  store.subscribe(({ heightPx }, former) => {
    if (heightPx !== former.heightPx) remembered.write(heightPx);
  });
  return store;
}
