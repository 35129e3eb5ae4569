/** Calls on the sessions of tmux and screen that are alive on an instance: which there are, and ending one. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { Terminal } from '../../../preload/contract/terminals.ts';
import { plainWords } from '../../core/plain-words.ts';
import type { Handlers } from '../../core/router.ts';
import type { Connections } from './connections.ts';
import { runScript } from './run-script.ts';
import {
  endScript,
  type FoundSession,
  listScript,
  parseSessions,
} from './shell-session-scripts.ts';

const scriptTimeoutMs = 20_000;
const longestDetail = 300;

export function shellSessionHandlers(
  connections: Connections,
  terminals: () => Iterable<Terminal>,
): Pick<Handlers, 'terminals.shellSessions' | 'terminals.endShellSession'> {
  const run = async (instance: string, script: string, signal: AbortSignal): Promise<string> => {
    const owner = connections.owner('action', instance);
    const connection = await connections.to(instance);
    const { channel: said, lease } = await connection.openSession(
      { owner, interactive: true, signal },
      (client) => runScript(client, script, { timeoutMs: scriptTimeoutMs, signal }),
    );
    lease.release();
    return said;
  };
  const shownIn = (instance: string, { program, name }: FoundSession) =>
    [...terminals()].find(
      (terminal) =>
        terminal.instance === instance &&
        terminal.state === 'open' &&
        terminal.shell === program &&
        [name, withoutProcess(name)].includes(terminal.shellSession ?? ''),
    )?.id;

  return {
    'terminals.shellSessions': async ({ instance }, signal) => {
      const { failure, programs, sessions } = parseSessions(
        await run(instance, listScript, signal),
      );
      const unreadable = failure && refusal('forbidden', 'shell-sessions-unreadable', failure);
      return {
        programs,
        ...(unreadable && { failure: unreadable.toFailure() }),
        sessions: sessions.map((session) => {
          const terminal = shownIn(instance, session);
          return { ...session, ...(terminal !== undefined && { terminal }) };
        }),
      };
    },
    'terminals.endShellSession': async ({ instance, session }, signal) => {
      const said = (await run(instance, endScript(session), signal)).trim();
      if (said !== 'ended') {
        const detail = plainWords(said, longestDetail);
        throw refusal('forbidden', 'shell-session-not-ended', { name: session.name, detail });
      }
      return null;
    },
  };
}

/** Screen lists `1234.name` what a terminal of ours entered by `name`. */
const withoutProcess = (name: string): string => name.replace(/^\d+\./, '');
