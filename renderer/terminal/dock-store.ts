/** What the dock shows: tabs, whether it is folded away, its height, and what it asks or says. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createRemembered } from '../ui/remembered.ts';
import { type Broadcast, noBroadcast } from './broadcast.ts';
import { acceptLayout, type DockLayout, emptyLayout } from './dock-layout.ts';
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
  /** A program's wish to write the clipboard, that waits for a person's word. */
  readonly clipboardQuestion: { readonly session: string; readonly text: string } | undefined;
  /** The session whose name is being written. */
  readonly renaming: string | undefined;
  /** Sessions that take each other's typing. */
  readonly broadcast: Broadcast;
  /** Whether it is being chosen which. */
  readonly choosingBroadcast: boolean;
  /** Sessions whose bell rang while they were not seen. */
  readonly rung: ReadonlySet<string>;
  /** The instance whose sessions of tmux and screen are listed. */
  readonly sessionsOf: string | undefined;
  /** Whether the keys are shown. */
  readonly showingKeys: boolean;
}

export type DockStore = StoreApi<DockState>;

const initialHeightPx = 280;

const rememberedLayout = createRemembered<DockLayout>('dock-layout', emptyLayout, acceptLayout);

/** Tabs and splits as they were before a reload or a restart. */
export const formerLayout = (): DockLayout => rememberedLayout.read();

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
    clipboardQuestion: undefined,
    renaming: undefined,
    broadcast: noBroadcast,
    choosingBroadcast: false,
    rung: new Set(),
    sessionsOf: undefined,
    showingKeys: false,
  }));
  store.subscribe(({ heightPx, layout }, former) => {
    if (heightPx !== former.heightPx) remembered.write(heightPx);
    if (layout !== former.layout) rememberedLayout.write(layout);
  });
  return store;
}
