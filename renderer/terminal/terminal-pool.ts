/** Every terminal of the page by its session, for as long as the session is there; xterm is loaded with the first one. */
import { CloudError } from '../../preload/contract/errors.ts';
import type { Preferences } from '../../preload/contract/settings.ts';
import type { Client } from '../client/client.ts';
import type { Stores } from '../client/stores.ts';
import { openPage } from '../ui/open-page.ts';
import { followSessions, type SplitDirection, selectSession, splitTab } from './dock-layout.ts';
import { createDockStore, type DockStore } from './dock-store.ts';
import type { PaneSize } from './pane-status.ts';
import { SessionStream } from './session-stream.ts';
import type { TerminalPane } from './terminal-pane.ts';
import { type ColorScheme, terminalFontFamily } from './terminal-theme.ts';

export interface TerminalPool {
  readonly dock: DockStore;
  /** The pane of a session; waits for xterm and the fonts. Rejects when the session is gone by then. */
  pane(session: string): Promise<TerminalPane>;
  /** The same, when it is there already. */
  existing(session: string): TerminalPane | undefined;
  /** Opens a session, in a tab of its own or beside the pane of a tab. */
  open(
    instance: string,
    beside?: { readonly tab: string; readonly direction: SplitDirection },
  ): Promise<void>;
  reconnect(session: string): void;
  close(session: string): void;
  setLook(scheme: ColorScheme, preferences: Preferences['terminal'] | undefined): void;
  /** Follows the core. @returns how to stop; the panes stay */
  start(): () => void;
}

/** Until the core has said what the operator chose. */
const firstPreferences: Preferences['terminal'] = {
  fontSizePx: 13,
  scrollbackLines: 5000,
  copyOnSelect: false,
  cursorBlink: false,
  screenReader: false,
  theme: 'match',
  bell: 'visual',
  minimumContrast: true,
  reopen: true,
  keepScreens: false,
};

const firstSize: PaneSize = { columns: 120, rows: 16 };

/** Says that something the operator asked for failed; `what` is worded under `terminal:failures`. */
export type SayFailure = (what: 'open' | 'reconnect' | 'close', failure: CloudError) => void;

export function createTerminalPool(
  client: Client,
  stores: Stores,
  sayFailure: SayFailure,
  mac: boolean,
): TerminalPool {
  const dock = createDockStore();
  const panes = new Map<string, Promise<TerminalPane>>();
  const made = new Map<string, TerminalPane>();
  /** Sessions that were running before this page saw them. */
  const replayed = new Set<string>();
  let known = false;
  let preferences = firstPreferences;
  let scheme: ColorScheme = 'dark';
  let lastSize: PaneSize | undefined;

  const there = (session: string) => stores.terminals.getState().byKey.has(session);

  /** The call that opens a session may be answered before the list has it. */
  const listed = (session: string) =>
    new Promise<void>((resolve) => {
      if (there(session)) return resolve();
      const stop = stores.terminals.subscribe(() => {
        if (!there(session)) return;
        stop();
        resolve();
      });
    });

  async function makePane(session: string): Promise<TerminalPane> {
    // Cells are measured when a terminal opens: the fonts must be there by then.
    const [{ TerminalPane }] = await Promise.all([
      import('./terminal-pane.ts'),
      ...['', 'bold ', 'italic '].map((style) =>
        document.fonts.load(`${style}${preferences.fontSizePx}px ${terminalFontFamily}`),
      ),
    ]);
    if (!there(session)) throw new CloudError('not-found', session);
    const replays = replayed.has(session);
    const pane: TerminalPane = new TerminalPane({
      id: session,
      preferences,
      scheme,
      mac,
      replays,
      createStream: (output) =>
        new SessionStream(
          (from) => client.stream('terminals.attach', { id: session, from }),
          { ...output, failed: () => pane.remark('stream-failed') },
          replays ? -1 : 0,
        ),
      resized(size) {
        lastSize = size;
        // A session that is just ending has no size to change; the next shell is opened with it.
        client.call('terminals.resize', { id: session, ...size }).catch(() => undefined);
        attachUnseen();
      },
      openLink(url) {
        openPage(client, url).then(
          (outcome) => outcome === 'refused' && pane.remark('link-refused'),
          () => pane.remark('link-failed'),
        );
      },
      askPaste: (paste, raw) => dock.setState({ question: { session, paste, raw } }),
    });
    made.set(session, pane);
    pane.follow(stores.terminals.getState().byKey.get(session)?.state ?? 'closed');
    if (lastSize) pane.attachUnseen(lastSize);
    return pane;
  }

  function pane(session: string): Promise<TerminalPane> {
    const making = panes.get(session) ?? makePane(session);
    panes.set(session, making);
    return making;
  }

  /** Once one pane is seen, the size of the others is known too. */
  function attachUnseen(): void {
    for (const { id } of stores.terminals.getState().items) {
      pane(id).then(
        (other) => lastSize && other.attachUnseen(lastSize),
        () => panes.delete(id),
      );
    }
  }

  function follow(): void {
    const { look, items } = stores.terminals.getState();
    if (look !== 'fresh') return;
    if (!known) for (const { id } of items) replayed.add(id);
    known = true;
    dock.setState(({ layout }) => ({
      layout: followSessions(
        layout,
        items.map(({ id }) => id),
      ),
    }));
    for (const { id, state } of items) made.get(id)?.follow(state);
    for (const [session, gone] of made) {
      if (there(session)) continue;
      gone.dispose();
      made.delete(session);
      panes.delete(session);
    }
    if (lastSize) attachUnseen();
  }

  return {
    dock,
    pane,
    existing: (session) => made.get(session),
    async open(instance, beside) {
      dock.setState({ collapsed: false });
      try {
        const { id } = await client.call('terminals.open', {
          instance,
          ...(lastSize ?? firstSize),
        });
        await listed(id);
        dock.setState(({ layout }) => ({
          wanted: id,
          layout: beside
            ? splitTab(layout, beside.tab, id, beside.direction)
            : selectSession(layout, id),
        }));
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        sayFailure('open', error);
      }
    },
    reconnect(session) {
      client
        .call('terminals.reconnect', { id: session, ...(lastSize ?? firstSize) })
        .catch((failure: CloudError) => sayFailure('reconnect', failure));
    },
    close(session) {
      client
        .call('terminals.close', { id: session })
        .catch((failure: CloudError) => sayFailure('close', failure));
    },
    setLook(nextScheme, nextPreferences) {
      scheme = nextScheme;
      preferences = nextPreferences ?? preferences;
      for (const each of made.values()) each.apply(preferences, scheme);
    },
    start() {
      follow();
      const stops = [
        stores.terminals.subscribe(follow),
        client.onConnected(() => {
          for (const each of made.values()) each.reattach();
        }),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
