/** Every terminal of the page by its session, for as long as the session is there; xterm is loaded with the first one. */
import { usualTerminal } from '../../preload/contract/constants.ts';
import { CloudError } from '../../preload/contract/errors.ts';
import type { Preferences } from '../../preload/contract/settings.ts';
import type { Client } from '../client/client.ts';
import type { Stores } from '../client/stores.ts';
import { openPage } from '../ui/open-page.ts';
import { createAnsweringPage } from './answering-page.ts';
import { followBroadcast, noBroadcast, targetsOf } from './broadcast.ts';
import { type ClipboardConsent, createClipboardConsent } from './clipboard-consent.ts';
import { followSessions, isInSplit, selectedTab, selectSession, splitTab } from './dock-layout.ts';
import { createDockStore, type DockStore, formerLayout } from './dock-store.ts';
import { createBell } from './pane-bell.ts';
import { dockCommand, type Keyboard } from './pane-keys.ts';
import type { PaneSize } from './pane-status.ts';
import type { SplitDirection } from './pane-tree.ts';
import type { Paste } from './sanitise-paste.ts';
import { startScreenKeeper } from './screen-keeper.ts';
import {
  createSessionCalls,
  type OpenedIn,
  type SessionCalls,
  type SessionWords,
} from './session-calls.ts';
import { SessionStream } from './session-stream.ts';
import type { TerminalPane } from './terminal-pane.ts';
import { type ColorScheme, terminalFontFamily } from './terminal-theme.ts';

export interface TerminalPool extends Omit<SessionCalls, 'open'> {
  readonly dock: DockStore;
  readonly clipboard: Pick<ClipboardConsent, 'answer'>;
  readonly keyboard: Keyboard;
  /** The pane of a session; waits for xterm and the fonts. Rejects when the session is gone by then. */
  pane(session: string): Promise<TerminalPane>;
  /** The same, when it is there already. */
  existing(session: string): TerminalPane | undefined;
  /** Opens a session, in a tab of its own or beside another pane. */
  open(
    instance: string,
    options?: OpenedIn & {
      readonly beside?: { readonly pane: string; readonly direction: SplitDirection };
    },
  ): Promise<void>;
  /** Types a paste into the session, and wherever else its typing goes. */
  type(session: string, paste: Paste): void;
  /** The session is seen: its bell was heard. */
  seen(session: string): void;
  setLook(scheme: ColorScheme, preferences: Preferences['terminal'] | undefined): void;
  /** Follows the core. @returns how to stop; the panes stay */
  start(): () => void;
}

const firstSize: PaneSize = { columns: 120, rows: 16 };

export function createTerminalPool(
  client: Client,
  stores: Pick<Stores, 'terminals'>,
  words: SessionWords,
  keyboard: Keyboard,
): TerminalPool {
  const dock = createDockStore();
  const clipboard = createClipboardConsent(client, dock);
  const answers = createAnsweringPage(client);
  const ring = createBell();
  const panes = new Map<string, Promise<TerminalPane>>();
  const made = new Map<string, TerminalPane>();
  /** Sessions that were running before this page saw them. */
  const replayed = new Set<string>();
  let known = false;
  let preferences: Preferences['terminal'] = usualTerminal;
  let scheme: ColorScheme = 'dark';
  let lastSize: PaneSize | undefined;

  const terminal = (session: string) => stores.terminals.getState().byKey.get(session);
  const there = (session: string) => terminal(session) !== undefined;
  const size = () => lastSize ?? firstSize;
  const calls = createSessionCalls(client, terminal, words, size);

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

  /** Where what is typed in a session goes now. */
  const targets = (session: string) =>
    targetsOf(dock.getState().broadcast, session).flatMap((id) => made.get(id) ?? []);

  const type = (session: string, paste: Paste) => {
    for (const target of targets(session)) target.type(paste);
  };

  const rang = (pane: TerminalPane) => {
    if (pane.isSeen) ring(pane.element, preferences.bell);
    else {
      if (preferences.bell === 'sound') ring(pane.element, 'sound');
      dock.setState(({ rung }) => ({ rung: new Set([...rung, pane.id]) }));
    }
  };

  async function makePane(session: string): Promise<TerminalPane> {
    // Cells are measured when a terminal opens: the fonts must be there by then.
    const [{ TerminalPane }] = await Promise.all([
      import('./terminal-pane.ts'),
      ...['', 'bold ', 'italic '].map((style) =>
        document.fonts.load(`${style}${preferences.fontSizePx}px ${terminalFontFamily}`),
      ),
    ]);
    const { instance } = terminal(session) ?? {};
    if (instance === undefined) throw new CloudError('not-found', session);
    const replays = replayed.has(session);
    const pane: TerminalPane = new TerminalPane({
      id: session,
      preferences,
      scheme,
      isDockKey(press, selected) {
        const split = isInSplit(dock.getState().layout, session);
        return dockCommand(press, keyboard, { selected, split }) !== undefined;
      },
      screenReaderWords: words.screenReader,
      createStream: (output) =>
        new SessionStream(
          (from) => client.stream('terminals.attach', { id: session, from }),
          { ...output, failed: () => pane.remark('stream-failed') },
          replays ? -1 : 0,
        ),
      resized(nextSize) {
        lastSize = nextSize;
        calls.resize(session, nextSize);
        attachUnseen();
      },
      openLink(url) {
        openPage(client, url).then(
          (outcome) => outcome === 'refused' && pane.remark('link-refused'),
          () => pane.remark('link-failed'),
        );
      },
      answers,
      typed(data) {
        for (const target of targets(session)) target.send(data);
      },
      askPaste: (paste, raw) => dock.setState({ question: { session, paste, raw } }),
      pasted: (paste) => type(session, paste),
      clipboardAsked(request) {
        // Another page that shows the terminal must not ask too, nor write again what was written.
        if (!answers()) return;
        clipboard.asked(request, {
          id: session,
          instance,
          remark: (remark) => pane.remark(remark),
          wrote: (text) => words.clipboardWritten(terminal(session)?.title ?? '', text.length),
        });
      },
      rang: () => rang(pane),
    });
    made.set(session, pane);
    pane.follow(terminal(session)?.state ?? 'closed');
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

  const losesKeyboard = () =>
    [...made.values()].some(
      ({ id, element }) => !there(id) && element.contains(document.activeElement),
    );

  function follow(): void {
    const { look, items, byKey } = stores.terminals.getState();
    if (look !== 'fresh') return;
    if (!known) for (const { id } of items) replayed.add(id);
    const isFirst = !known;
    const former = known ? dock.getState().layout : formerLayout();
    known = true;
    const { broadcast } = dock.getState();
    const next = followBroadcast(broadcast, byKey);
    if (broadcast.length > 0 && next === noBroadcast) words.broadcastEnded();
    const sessions = items.map(({ id }) => id);
    const layout = followSessions(former, sessions);
    dock.setState({ broadcast: next, layout });
    const tab = selectedTab(layout);
    // Who typed in a pane that went goes on in the one beside it.
    if (tab && tab.id === former.selected && losesKeyboard()) dock.setState({ wanted: tab.active });
    // Who reloads the page amid the questions on the way to a terminal goes on there once they are answered.
    if (isFirst && tab && terminal(tab.active)?.state === 'connecting') {
      dock.setState({ wanted: tab.active });
    }
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
    ...calls,
    dock,
    clipboard,
    keyboard,
    pane,
    existing: (session) => made.get(session),
    async open(instance, { beside, ...opened } = {}) {
      dock.setState({ collapsed: false });
      const id = await calls.open(instance, opened);
      if (id === undefined) return;
      await listed(id);
      dock.setState(({ layout }) => ({
        wanted: id,
        layout: beside
          ? splitTab(layout, beside.pane, id, beside.direction)
          : selectSession(layout, id),
      }));
    },
    type,
    reconnect(session) {
      // What is typed from now on is for the shell that comes.
      made.get(session)?.follow('connecting');
      calls.reconnect(session);
    },
    seen(session) {
      const { rung } = dock.getState();
      if (rung.has(session)) {
        dock.setState({ rung: new Set([...rung].filter((other) => other !== session)) });
      }
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
        startScreenKeeper(
          client,
          () => made.values(),
          () => preferences.reopen && preferences.keepScreens,
        ),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
