/** Calls on terminals: sessions live here, whatever pages come and go. */
import { randomUUID } from 'node:crypto';
import { type CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { Terminal } from '../../../preload/contract/terminals.ts';
import { type Clock, isoNow } from '../../core/clock.ts';
import { createCollection } from '../../core/collection.ts';
import type { Events } from '../../core/events.ts';
import type { Handlers } from '../../core/router.ts';
import type { Standings } from '../standings.ts';
import type { Connection, Lease, LeaseRequest } from './connection.ts';
import type { Connections } from './connections.ts';
import { Session } from './session.ts';

export interface Sessions {
  readonly handlers: Pick<
    Handlers,
    | 'terminals.list'
    | 'terminals.open'
    | 'terminals.attach'
    | 'terminals.resize'
    | 'terminals.reconnect'
    | 'terminals.close'
  >;
  /** Terminals with a shell in them. */
  liveCount(): number;
  close(): void;
}

/** More terminals than a person can use; beyond it opening is refused. */
const maxSessions = 200;

/** A machine that just came back listens for SSH at most this much later than it says so. */
const comingUpMs = 120_000;

/** @param locale what this machine's LANG says; without UTF-8 in it a shell would not take 你好 for text */
export function createSessions(
  connections: Connections,
  standings: Standings,
  events: Events,
  clock: Clock,
  locale: string | undefined,
): Sessions {
  const environment = {
    LANG: /utf-?8$/i.test(locale ?? '') ? String(locale) : 'C.UTF-8',
    COLORTERM: 'truecolor',
  };
  const sessions = new Map<string, Session>();
  const terminals = createCollection<Terminal>(
    ({ id }) => id,
    (delta) => events.emit('terminals.changed', delta),
  );
  const find = (id: string): Session => {
    const session = sessions.get(id);
    if (!session) throw refusal('not-found', 'terminal-gone');
    return session;
  };

  standings.onChange((instance, standing) => {
    for (const session of sessions.values()) {
      if (session.terminal.instance === instance) session.follow(standing);
    }
  });

  return {
    handlers: {
      'terminals.list': () => terminals.snapshot(),
      'terminals.open': ({ instance, columns, rows }) => {
        if (sessions.size >= maxSessions) {
          throw refusal('quota', 'too-many-terminals', { limit: maxSessions });
        }
        const id = randomUUID();
        const owner = connections.owner('terminal', instance);
        const identity = { id, instance, title: owner.name, openedAt: isoNow(clock) };
        const session = new Session(
          identity,
          { columns, rows },
          environment,
          async (signal, patient) => {
            const connection = await connections.to(instance);
            const request = { owner, interactive: true, signal };
            return patient ? acquireSoon(connection, request) : connection.acquire(request);
          },
          (terminal) => {
            if (sessions.has(id)) terminals.set(terminal);
          },
        );
        sessions.set(id, session);
        void session.open();
        session.follow(standings.of(instance));
        return session.terminal;
      },
      'terminals.attach': ({ id, from }, stream) => ({ start: find(id).attach(stream, from) }),
      'terminals.resize': ({ id, columns, rows }) => {
        find(id).resize({ columns, rows });
        return null;
      },
      'terminals.reconnect': ({ id, columns, rows }) => {
        void find(id).reconnect({ columns, rows });
        return null;
      },
      'terminals.close': ({ id }) => {
        const session = find(id);
        sessions.delete(id);
        terminals.remove(id);
        session.close();
        return null;
      },
    },
    liveCount: () => [...terminals.values()].filter(({ state }) => state === 'open').length,
    close() {
      for (const session of sessions.values()) session.close();
    },
  };
}

/** Tries for a while. @throws CloudError the last reason why not */
async function acquireSoon(connection: Connection, request: LeaseRequest): Promise<Lease> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(comingUpMs)]);
  let last: CloudError | undefined;
  try {
    return await connection.acquirePersistently({ ...request, signal }, (failure) => {
      last = failure;
    });
  } catch (error) {
    throw last ?? error;
  }
}
