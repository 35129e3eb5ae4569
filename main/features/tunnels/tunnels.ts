/** Calls on tunnels: opened, saved with their port, stopped and started again; independent of any terminal. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { PromptOwner } from '../../../preload/contract/prompts.ts';
import type { TunnelOutcome, Tunnel as TunnelView } from '../../../preload/contract/tunnels.ts';
import type { Clock } from '../../core/clock.ts';
import { createCollection } from '../../core/collection.ts';
import type { Events } from '../../core/events.ts';
import type { Redactor } from '../../core/log.ts';
import type { Handlers } from '../../core/router.ts';
import type { SavedTunnel, Settings } from '../../core/settings.ts';
import type { Fleet } from '../fleet.ts';
import { removalOf } from '../removal.ts';
import type { Connections } from '../ssh/connections.ts';
import type { Prompts } from '../ssh/prompts.ts';
import type { Standing, Standings } from '../standings.ts';
import { checkBindAddress, localBindAddresses } from './bind-address.ts';
import type { WordFailure } from './failure-page.ts';
import { createForwardedPorts } from './forwarded-ports.ts';
import { findFreePort } from './listener.ts';
import { type AskedTunnel, newTunnel } from './new-tunnel.ts';
import { openJupyter } from './open-jupyter.ts';
import { createSignIn } from './sign-in.ts';
import { createStarter, noPort } from './start-tunnel.ts';
import { Tunnel } from './tunnel.ts';
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
  readonly wordFailure: WordFailure;
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
  /** A person opened the vault: what could not be asked before is tried again. */
  vaultOpened(): void;
  close(): Promise<void>;
}

export function createTunnels(parts: TunnelsParts): Tunnels {
  const { connections, settings, events, clock } = parts;
  const signIn = createSignIn();
  const wayOf = createWays(signIn, createForwardedPorts(), parts.wordFailure);
  const tunnels = new Map<string, Tunnel>();
  const all = () => [...tunnels.values()];
  const of = (instance: string) => all().filter(({ target }) => target.instance === instance);
  const views = createCollection<TunnelView>(
    ({ id }) => id,
    (delta) => events.emit('tunnels.changed', delta),
  );

  const ownerOf = (instance: string): PromptOwner | undefined => {
    try {
      return connections.owner('tunnel', instance);
    } catch {
      return undefined;
    }
  };
  /** One whose cloud was not read yet, or that was not made yet, is waited for. */
  const standingOf = (instance: string): Standing =>
    parts.fleet.instances.get(instance)
      ? parts.standings.of(instance)
      : { kind: 'waits', failure: refusal('not-found', 'tunnel-waits-for-instance') };

  const add = (saved: SavedTunnel): Tunnel => {
    const { id, instance } = saved;
    /** The last that was known, so that a tunnel of an instance that is gone keeps its name. */
    let owner: PromptOwner = { kind: 'tunnel', instance, name: instance, address: '' };
    const tunnel = new Tunnel(saved, {
      clock,
      wayOf,
      owner: () => {
        owner = ownerOf(instance) ?? owner;
        return owner;
      },
      connection: () => connections.to(instance, `tunnel ${id}`),
      onChange: (view) => {
        if (tunnels.get(id) === tunnel) views.set(view);
      },
    });
    tunnels.set(id, tunnel);
    views.set(tunnel.view);
    return tunnel;
  };
  const save = () => {
    settings.change({ tunnels: all().map(({ target }) => target) });
  };
  const drop = (id: string) => {
    tunnels.delete(id);
    views.remove(id);
  };
  const find = (id: string): Tunnel => {
    const tunnel = tunnels.get(id);
    if (!tunnel) throw refusal('not-found', 'tunnel-gone');
    return tunnel;
  };
  const portsBeside = (tunnel?: Tunnel) => {
    const others = all().filter((other) => other !== tunnel && other.listensHere);
    return new Set(others.map(({ target }) => target.localPort));
  };
  const starter = createStarter({
    prompts: parts.prompts,
    standingOf,
    ownerOf: (tunnel) => tunnel.owner,
    portsBeside,
  });

  /** An instance that is this very machine: a tunnel from a port to the same port would lead to itself. */
  const leadsToItself = ({ kind, instance, localPort, remotePort }: SavedTunnel): boolean =>
    kind === 'local' &&
    localPort === remotePort &&
    /^(localhost|127\.[\d.]+|\[?::1\]?):\d+$/.test(ownerOf(instance)?.address ?? '');

  /** A new tunnel, kept for the next time; on a port of its own choosing when none is asked for. */
  async function open(asked: AskedTunnel): Promise<TunnelOutcome> {
    let saved = newTunnel(asked);
    checkBindAddress(saved);
    if (saved.kind !== 'remote') {
      const addresses = localBindAddresses(saved.bindAddress);
      const itself = leadsToItself(saved);
      if (itself || asked.localPort === undefined) {
        const wanted = saved.localPort;
        const avoid = portsBeside().add(itself ? wanted : 0);
        const offered = await findFreePort(addresses, wanted, avoid);
        if (asked.localPort !== undefined) {
          return { kind: 'port-unavailable', reason: 'in-use', wanted, offered };
        }
        saved = { ...saved, localPort: offered };
      }
    }
    const tunnel = add(saved);
    try {
      const outcome = await starter.start(tunnel);
      if (outcome.kind === 'opened') save();
      else drop(saved.id);
      return outcome;
    } catch (error) {
      drop(saved.id);
      await starter.stop(tunnel);
      throw error;
    }
  }

  /** The tunnel there is, started; or a new one. */
  async function tunnelTo(instance: string, host: string, port: number): Promise<Tunnel> {
    const present = of(instance).find(
      ({ target }) =>
        target.kind === 'local' && target.remoteHost === host && target.remotePort === port,
    );
    if (present?.isStarted) {
      if (present.view.state === 'needs-user' || present.view.state === 'failed') {
        present.dialAgain();
      }
      return present;
    }
    if (present) {
      const outcome = await starter.start(present);
      if (outcome.kind === 'opened') return present;
      present.change({ localPort: outcome.offered });
      if ((await starter.start(present)).kind !== 'opened') throw noPort();
      save();
      return present;
    }
    const outcome = await open({
      instance,
      kind: 'local',
      name: '',
      remoteHost: host,
      remotePort: port,
      localHost: '127.0.0.1',
      bindAddress: 'loopback',
      startsWithApp: false,
    });
    if (outcome.kind !== 'opened') throw noPort();
    return find(outcome.tunnel.id);
  }

  async function remove(tunnel: Tunnel): Promise<void> {
    drop(tunnel.target.id);
    await starter.stop(tunnel);
  }

  for (const saved of settings.read().tunnels) {
    const tunnel = add(saved);
    if (saved.startsWithApp) void starter.startAlone(tunnel, false);
  }
  parts.fleet.onStateChange((instance, state) => {
    const its = of(instance);
    if (its.length === 0) return;
    if (state === undefined && removalOf(parts.fleet, instance)) {
      for (const tunnel of its) void remove(tunnel);
      save();
      return;
    }
    for (const tunnel of its) {
      if (state !== undefined && tunnel.line.isWaiting) void tunnel.follow(standingOf(instance));
      views.set(tunnel.view);
    }
  });
  parts.standings.onChange((instance, standing) => {
    for (const tunnel of of(instance)) void tunnel.follow(standing);
  });

  return {
    handlers: {
      'tunnels.list': () => views.snapshot(),
      'tunnels.open': (asked) => {
        connections.owner('tunnel', asked.instance);
        return open(asked);
      },
      'tunnels.change': ({ id, name, startsWithApp, localPort }) => {
        const tunnel = find(id);
        if (localPort !== undefined && (tunnel.isStarted || starter.isStarting(tunnel))) {
          throw refusal('conflict', 'tunnel-port-while-started');
        }
        tunnel.change({
          ...(name !== undefined && { name }),
          ...(startsWithApp !== undefined && { startsWithApp }),
          ...(localPort !== undefined && { localPort }),
        });
        save();
        return null;
      },
      'tunnels.start': async ({ id }) => {
        const tunnel = find(id);
        if (!tunnel.isStarted) return starter.start(tunnel);
        if (tunnel.view.state !== 'up') tunnel.dialAgain();
        return { kind: 'opened', tunnel: tunnel.view };
      },
      'tunnels.reconnectAll': () => {
        for (const tunnel of all()) {
          const { state } = tunnel.view;
          if (state === 'up' || state === 'stopped' || state === 'connecting') continue;
          if (tunnel.isStarted) tunnel.dialAgain();
          else void starter.startAlone(tunnel, true);
        }
        return null;
      },
      'tunnels.stop': async ({ id }) => {
        await starter.stop(find(id));
        return null;
      },
      'tunnels.remove': async ({ id }) => {
        await remove(find(id));
        save();
        return null;
      },
      'tunnels.openJupyter': ({ instance, remotePort }, signal) =>
        openJupyter({ ...parts, signIn, tunnelTo, save }, instance, remotePort, signal),
    },
    owns: (port) =>
      all().some(
        ({ target, isStarted }) =>
          isStarted && target.kind === 'local' && target.localPort === port,
      ),
    liveCount: () => all().filter(({ isStarted }) => isStarted).length,
    vaultOpened() {
      for (const tunnel of all()) {
        const { state, lastFailure } = tunnel.view;
        const unanswered = lastFailure?.rule?.id === 'ssh-needs-answer';
        if (state === 'needs-user' && unanswered) tunnel.dialAgain();
      }
    },
    async close() {
      await Promise.all(all().map((tunnel) => starter.stop(tunnel)));
    },
  };
}
