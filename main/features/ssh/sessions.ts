/** Calls on terminals: sessions live here, whatever pages come and go. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { refusal } from '../../../preload/contract/errors.ts';
import type { Terminal } from '../../../preload/contract/terminals.ts';
import { type Clock, isoNow } from '../../core/clock.ts';
import { createCollection } from '../../core/collection.ts';
import type { Events } from '../../core/events.ts';
import type { Log } from '../../core/log.ts';
import type { Handlers } from '../../core/router.ts';
import type { Settings } from '../../core/settings.ts';
import type { Fleet } from '../fleet.ts';
import { removalOf } from '../removal.ts';
import type { Standings } from '../standings.ts';
import { createAnsweringPages } from './answering-pages.ts';
import type { Connections } from './connections.ts';
import type { ShellSize, WishedShell } from './open-shell.ts';
import { openSavedTerminals } from './saved-terminals.ts';
import { Session, type SessionParts } from './session.ts';
import { shellSessionHandlers } from './shell-sessions.ts';
import { createWayIn } from './way-in.ts';

export interface SessionsParts {
  readonly connections: Connections;
  readonly standings: Standings;
  readonly fleet: Pick<Fleet, 'account' | 'accounts' | 'find' | 'onStateChange'>;
  readonly settings: Settings;
  readonly events: Events;
  readonly clock: Clock;
  readonly log: Log;
  readonly dataDirectory: string;
  /** What this machine's LANG says; without UTF-8 in it a shell would not take 你好 for text. */
  readonly locale: string | undefined;
}

export interface Sessions {
  readonly handlers: Pick<
    Handlers,
    | 'terminals.list'
    | 'terminals.open'
    | 'terminals.attach'
    | 'terminals.answer'
    | 'terminals.resize'
    | 'terminals.reconnect'
    | 'terminals.rename'
    | 'terminals.setLog'
    | 'terminals.keepScreen'
    | 'terminals.close'
    | 'terminals.shellSessions'
    | 'terminals.endShellSession'
  >;
  /** Terminals with a shell in them. */
  liveCount(): number;
  /** What is saved follows the preferences. */
  preferencesChanged(): void;
  close(): Promise<void>;
}

/** More terminals than a person can use; beyond it opening is refused. */
const maxSessions = 200;

/** Until a page says how large it is. */
const usualSize: ShellSize = { columns: 80, rows: 24 };

export function createSessions(parts: SessionsParts): Sessions {
  const { connections, standings, fleet, settings, events, clock, log, dataDirectory } = parts;
  const locale = parts.locale ?? '';
  const environment = {
    LANG: /utf-?8$/i.test(locale) ? locale : 'C.UTF-8',
    COLORTERM: 'truecolor',
  };
  const saved = openSavedTerminals(dataDirectory, settings, log);
  const sessions = new Map<string, Session>();
  const answeringPages = createAnsweringPages();
  const terminals = createCollection<Terminal>(
    ({ id }) => id,
    (delta) => events.emit('terminals.changed', delta),
  );
  const find = (id: string): Session => {
    const session = sessions.get(id);
    if (!session) throw refusal('not-found', 'terminal-gone');
    return session;
  };
  const ofInstance = (instance: string) =>
    [...sessions.values()].filter(({ terminal }) => terminal.instance === instance);
  const optionsOf = (instance: string) => settings.read().connectionOptions[instance];
  const nameOf = (instance: string) => fleet.find(instance)?.target.name;
  const save = () => saved.save([...sessions.values()].flatMap((session) => session.saved ?? []));

  const partsOf = (
    id: string,
    instance: string,
    wished: WishedShell,
  ): Omit<SessionParts, 'reopened'> => ({
    id,
    instance,
    wished,
    openedAt: isoNow(clock),
    environment,
    wayIn: createWayIn(connections, instance, `terminal ${id}`),
    logDirectory: join(dataDirectory, 'session-logs'),
    now: clock.now,
    forwardsAgent: () => optionsOf(instance)?.forwardAgent ?? false,
    onChange(terminal) {
      if (!sessions.has(id)) return;
      terminals.set(terminal);
      save();
    },
  });
  const add = (session: Session): Terminal => {
    const { terminal } = session;
    sessions.set(terminal.id, session);
    terminals.set(terminal);
    return terminal;
  };

  for (const { id, instance, name, title, shell, joins } of saved.former) {
    const reopened = { screen: saved.readScreen(id) };
    add(
      new Session(
        { ...partsOf(id, instance, { shell, ...(joins !== undefined && { joins }) }), reopened },
        usualSize,
        name,
        title,
      ),
    );
  }

  standings.onChange((instance, standing) => {
    for (const session of ofInstance(instance)) session.follow(standing);
  });
  fleet.onStateChange((instance, state) => {
    const name = nameOf(instance);
    const removed = state ? undefined : removalOf(fleet, instance);
    for (const session of ofInstance(instance)) {
      if (removed) session.end(removed);
      else if (name !== undefined) session.nameInstance(name);
    }
  });

  return {
    handlers: {
      ...shellSessionHandlers(connections, () => terminals.values()),
      'terminals.list': () => terminals.snapshot(),
      'terminals.open': ({ instance, columns, rows, shell, session: there }) => {
        if (sessions.size >= maxSessions) {
          throw refusal('quota', 'too-many-terminals', { limit: maxSessions });
        }
        const { name } = connections.owner('terminal', instance);
        const wished = there
          ? { shell: there.program, joins: there.name }
          : { shell: shell ?? optionsOf(instance)?.shell ?? 'plain' };
        const session = new Session(
          partsOf(randomUUID(), instance, wished),
          { columns, rows },
          name,
        );
        add(session);
        save();
        void session.open();
        session.follow(standings.of(instance));
        return session.terminal;
      },
      'terminals.attach': ({ id, from }, stream) => find(id).attach(stream, from),
      'terminals.answer': ({ isLookedAt }, page) => {
        answeringPages.join(page, isLookedAt);
        return null;
      },
      'terminals.resize': ({ id, columns, rows }) => {
        find(id).resize({ columns, rows });
        return null;
      },
      'terminals.reconnect': ({ id, columns, rows }) => {
        void find(id).reconnect({ columns, rows });
        return null;
      },
      'terminals.rename': ({ id, title }) => {
        find(id).rename(title.trim());
        return null;
      },
      'terminals.setLog': ({ id, on }) => {
        find(id).record(on);
        return null;
      },
      'terminals.keepScreen': ({ id, screen }) => {
        find(id);
        saved.keepScreen(id, screen);
        return null;
      },
      'terminals.close': ({ id }) => {
        const session = find(id);
        sessions.delete(id);
        terminals.remove(id);
        save();
        void session.close();
        return null;
      },
    },
    liveCount: () => [...terminals.values()].filter(({ state }) => state === 'open').length,
    preferencesChanged() {
      save();
      saved.tidy();
    },
    async close() {
      const open = [...sessions.values()];
      sessions.clear();
      await Promise.all(open.map((session) => session.close()));
    },
  };
}
