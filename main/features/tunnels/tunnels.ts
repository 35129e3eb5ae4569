/** Calls on tunnels: opened, saved with their port, stopped and started again; independent of any terminal. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { Clock } from '../../core/clock.ts';
import type { Events } from '../../core/events.ts';
import type { Redactor } from '../../core/log.ts';
import type { Handlers } from '../../core/router.ts';
import type { Settings } from '../../core/settings.ts';
import type { Texts } from '../../core/texts.ts';
import type { Fleet } from '../fleet.ts';
import { removalOf } from '../removal.ts';
import type { Connections } from '../ssh/connections.ts';
import type { Prompts } from '../ssh/prompts.ts';
import type { Standing, Standings } from '../standings.ts';
import { createForwardedPorts } from './forwarded-ports.ts';
import { openJupyter } from './open-jupyter.ts';
import { openTunnel, tunnelTo } from './open-tunnel.ts';
import { createSignIn } from './sign-in.ts';
import { createStarter } from './start-tunnel.ts';
import type { Tunnel } from './tunnel.ts';
import { createTunnelBook } from './tunnel-book.ts';
import { createWays } from './ways.ts';

export interface TunnelsParts {
  readonly fleet: Pick<Fleet, 'onStateChange' | 'instances' | 'accounts' | 'account'>;
  readonly connections: Connections;
  readonly standings: Standings;
  readonly prompts: Pick<Prompts, 'ask'>;
  readonly settings: Settings;
  readonly events: Events;
  readonly clock: Clock;
  readonly redactor: Redactor;
  /** In the language of the moment. */
  readonly texts: () => Texts;
}

export interface Tunnels {
  readonly handlers: Pick<
    Handlers,
    | 'tunnels.list'
    | 'tunnels.open'
    | 'tunnels.change'
    | 'tunnels.start'
    | 'tunnels.reconnectAll'
    | 'tunnels.stop'
    | 'tunnels.remove'
    | 'tunnels.openJupyter'
  >;
  /** Whether a local port belongs to a tunnel that is started. */
  owns(port: number): boolean;
  /** Tunnels that are started. */
  liveCount(): number;
  /** A connection to the instance is up that anybody may use, whoever it was made for. */
  instanceEntered(instance: string): void;
  /** A person opened the vault: what could not be asked before is tried again. */
  vaultOpened(): void;
  close(): Promise<void>;
}

export function createTunnels(parts: TunnelsParts): Tunnels {
  const { connections, settings, fleet, standings } = parts;
  const signIn = createSignIn();
  const wayOf = createWays(signIn, createForwardedPorts(), parts.texts);
  const book = createTunnelBook({ ...parts, wayOf });

  /** One whose cloud was not read yet, or that was not made yet, is waited for. */
  const standingOf = (instance: string): Standing =>
    fleet.instances.get(instance)
      ? standings.of(instance)
      : { kind: 'waits', failure: refusal('not-found', 'tunnel-waits-for-instance') };
  const starter = createStarter({
    prompts: parts.prompts,
    standingOf,
    portsBeside: book.portsBeside,
  });

  async function remove(tunnel: Tunnel): Promise<void> {
    book.drop(tunnel);
    await starter.stop(tunnel);
  }

  for (const saved of settings.read().tunnels) {
    const tunnel = book.add(saved);
    if (saved.startsWithApp) void starter.startAlone(tunnel, false);
  }
  fleet.onStateChange((instance, state) => {
    const its = book.of(instance);
    if (its.length === 0) return;
    if (state === undefined && removalOf(fleet, instance)) {
      for (const tunnel of its) void remove(tunnel);
      book.save();
      return;
    }
    for (const tunnel of its) {
      const goesOn = state !== undefined && tunnel.line.awaitsInstance;
      if (goesOn) void tunnel.follow(standingOf(instance));
      book.views.set(tunnel.view);
    }
  });
  standings.onChange((instance, standing) => {
    for (const tunnel of book.of(instance)) void tunnel.follow(standing);
  });

  return {
    handlers: {
      'tunnels.list': () => book.views.snapshot(),
      'tunnels.open': (asked) => {
        connections.owner('tunnel', asked.instance);
        return openTunnel(book, starter, asked);
      },
      'tunnels.change': ({ id, name, startsWithApp, localPort }) => {
        const tunnel = book.find(id);
        if (localPort !== undefined && (tunnel.isStarted || starter.isStarting(tunnel))) {
          throw refusal('conflict', 'tunnel-port-while-started');
        }
        const before = tunnel.target;
        tunnel.change({
          ...(name !== undefined && { name }),
          ...(startsWithApp !== undefined && { startsWithApp }),
          ...(localPort !== undefined && { localPort }),
        });
        try {
          book.save();
        } catch (error) {
          tunnel.change(before);
          throw error;
        }
        return null;
      },
      'tunnels.start': async ({ id }) => {
        const tunnel = book.find(id);
        if (!tunnel.isStarted) return starter.start(tunnel);
        if (tunnel.view.state !== 'up') tunnel.dialAgain();
        return { kind: 'opened', tunnel: tunnel.view };
      },
      'tunnels.reconnectAll': () => {
        for (const tunnel of book.all()) {
          const { state } = tunnel.view;
          if (state === 'up' || state === 'stopped' || state === 'connecting') continue;
          if (tunnel.isStarted) tunnel.dialAgain();
          else void starter.startAlone(tunnel, true);
        }
        return null;
      },
      'tunnels.stop': async ({ id }) => {
        await starter.stop(book.find(id));
        return null;
      },
      'tunnels.remove': async ({ id }) => {
        await remove(book.find(id));
        book.save();
        return null;
      },
      'tunnels.openJupyter': ({ instance, remotePort }, signal) =>
        openJupyter(
          {
            ...parts,
            signIn,
            tunnelTo: (...place) => tunnelTo(book, starter, ...place),
            save: book.save,
          },
          instance,
          remotePort,
          signal,
        ),
    },
    owns: (port) =>
      book
        .all()
        .some(
          ({ target, isStarted }) =>
            isStarted && target.kind === 'local' && target.localPort === port,
        ),
    liveCount: () => book.all().filter(({ isStarted }) => isStarted).length,
    instanceEntered(instance) {
      for (const tunnel of book.of(instance)) tunnel.followIn();
    },
    vaultOpened() {
      for (const tunnel of book.all()) {
        const { state, lastFailure } = tunnel.view;
        const unanswered = lastFailure?.rule?.id === 'ssh-needs-answer';
        if (state === 'needs-user' && unanswered) tunnel.dialAgain();
      }
    },
    async close() {
      await Promise.all(book.all().map((tunnel) => starter.stop(tunnel)));
    },
  };
}
