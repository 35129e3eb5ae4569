/** What a page asks of the core about a session; what it cannot have is said, never thrown. */
import { CloudError } from '../../preload/contract/errors.ts';
import type { ShellSession, Terminal } from '../../preload/contract/terminals.ts';
import type { Client } from '../client/client.ts';
import type { PaneSize } from './pane-status.ts';

/** How the operator is told; `what` is worded under `terminal:failures`. */
export interface SessionWords {
  failed(what: 'open' | 'reconnect' | 'close' | 'rename' | 'log', failure: CloudError): void;
  /** A program wrote the clipboard. */
  clipboardWritten(title: string, characters: number): void;
  broadcastEnded(): void;
  /** The terminal is closed and its programs run on, in tmux or screen. */
  goesOn(terminal: Terminal): void;
  /** What a screen reader says of a terminal, and instead of more output than it can say. */
  screenReader(): { readonly promptLabel: string; readonly tooMuchOutput: string };
}

/** What a new terminal's shell runs in, where that is not as usual: something new, or a session that is there. */
export interface OpenedIn {
  readonly shell?: Terminal['shell'];
  readonly session?: Pick<ShellSession, 'program' | 'name'>;
}

export interface SessionCalls {
  /** @returns the session's id, or undefined when it was not opened */
  open(instance: string, opened: OpenedIn): Promise<string | undefined>;
  reconnect(session: string): void;
  rename(session: string, title: string): void;
  setLog(session: string, on: boolean): void;
  close(session: string): void;
  resize(session: string, size: PaneSize): void;
}

export function createSessionCalls(
  client: Client,
  find: (session: string) => Terminal | undefined,
  words: SessionWords,
  size: () => PaneSize,
): SessionCalls {
  const saying = (what: Parameters<SessionWords['failed']>[0]) => (failure: unknown) => {
    if (!(failure instanceof CloudError)) throw failure;
    words.failed(what, failure);
  };
  return {
    open: (instance, opened) =>
      client.call('terminals.open', { instance, ...size(), ...opened }).then(
        ({ id }) => id,
        (failure: unknown) => {
          saying('open')(failure);
          return undefined;
        },
      ),
    reconnect(id) {
      client.call('terminals.reconnect', { id, ...size() }).catch(saying('reconnect'));
    },
    rename(id, title) {
      client.call('terminals.rename', { id, title }).catch(saying('rename'));
    },
    setLog(id, on) {
      client.call('terminals.setLog', { id, on }).catch(saying('log'));
    },
    close(id) {
      const terminal = find(id);
      client.call('terminals.close', { id }).then(() => {
        if (terminal?.state === 'open' && terminal.shellSession) words.goesOn(terminal);
      }, saying('close'));
    },
    // A session that is just ending has no size to change; the next shell is opened with it.
    resize(id, next) {
      client.call('terminals.resize', { id, ...next }).catch(() => undefined);
    },
  };
}
