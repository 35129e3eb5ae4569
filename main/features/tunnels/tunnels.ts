/** Calls on tunnels: opened, saved with their port, stopped and started again; independent of any terminal. */
import { randomUUID } from 'node:crypto';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { PromptOwner } from '../../../preload/contract/prompts.ts';
import type { TunnelOutcome, Tunnel as TunnelView } from '../../../preload/contract/tunnels.ts';
import type { Clock } from '../../core/clock.ts';
import { createCollection } from '../../core/collection.ts';
import type { Events } from '../../core/events.ts';
import type { Redactor } from '../../core/log.ts';
import type { Handlers } from '../../core/router.ts';
import type { SavedTunnel, Settings } from '../../core/settings.ts';
import type { Fleet } from '../fleet.ts';
import type { Connections } from '../ssh/connections.ts';
import type { Standings } from '../standings.ts';
import type { WordFailure } from './failure-page.ts';
import { findFreePort, listen } from './listener.ts';
import { openJupyter } from './open-jupyter.ts';
import { createSignIn } from './sign-in.ts';
import { Tunnel } from './tunnel.ts';

export interface TunnelsParts {
  readonly fleet: Pick<Fleet, 'onStateChange'>;
  readonly connections: Connections;
  readonly standings: Standings;
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
    | 'tunnels.start'
    | 'tunnels.change'
    | 'tunnels.reconnectAll'
    | 'tunnels.stop'
    | 'tunnels.remove'
    | 'tunnels.openJupyter'
  >;
  /** Whether a local port belongs to a tunnel that is started. */
  owns(port: number): boolean;
  /** Tunnels that hold their port. */
  liveCount(): number;
  close(): Promise<void>;
}

export function createTunnels(parts: TunnelsParts): Tunnels {
  const { connections, standings, settings, events, clock } = parts;
  const signIn = createSignIn();
  const tunnels = new Map<string, Tunnel>();
  const starting = new Map<Tunnel, Promise<TunnelOutcome>>();
  const views = createCollection<TunnelView>(
    ({ id }) => id,
    (delta) => events.emit('tunnels.changed', delta),
  );

  const add = (target: SavedTunnel): Tunnel => {
    const { instance } = target;
    /** The last that was known, so that a tunnel of an instance that is gone keeps its name. */
    let owner: PromptOwner = { kind: 'tunnel', instance, name: instance, address: '' };
    const tunnel = new Tunnel(target, {
      clock,
      signIn,
      wordFailure: parts.wordFailure,
      owner: () => {
        owner = ownerOf(instance) ?? owner;
        return owner;
      },
      connection: () => connections.to(instance),
      onChange: (view) => {
        if (tunnels.get(target.id) === tunnel) views.set(view);
      },
    });
    tunnels.set(target.id, tunnel);
    views.set(tunnel.view);
    return tunnel;
  };
  const ownerOf = (instance: string): PromptOwner | undefined => {
    try {
      return connections.owner('tunnel', instance);
    } catch {
      return undefined;
    }
  };
  const isThisMachine = (instance: string) =>
    /^(localhost|127\.[\d.]+|\[?::1\]?):\d+$/.test(ownerOf(instance)?.address ?? '');
  const save = () => {
    const saved = [...tunnels.values()].map(({ target }): SavedTunnel => ({ ...target }));
    settings.change({ tunnels: saved });
  };
  const find = (id: string): Tunnel => {
    const tunnel = tunnels.get(id);
    if (!tunnel) throw refusal('not-found', 'tunnel-gone');
    return tunnel;
  };
  const ownPorts = () => new Set([...tunnels.values()].map(({ target }) => target.localPort));

  /** Holds the port for the tunnel, or says why not and offers another; once, however often it is asked meanwhile. */
  function start(tunnel: Tunnel): Promise<TunnelOutcome> {
    const attempt = starting.get(tunnel) ?? hold(tunnel).finally(() => starting.delete(tunnel));
    starting.set(tunnel, attempt);
    return attempt;
  }

  /** Never while it is being started: a listener that came later would be nobody's. */
  async function stop(tunnel: Tunnel): Promise<void> {
    await starting.get(tunnel)?.catch(() => {});
    await tunnel.stop();
  }

  async function hold(tunnel: Tunnel): Promise<TunnelOutcome> {
    const { localPort } = tunnel.target;
    const outcome = await listen(localPort, (socket) => tunnel.accept(socket));
    if (outcome.kind === 'listening') {
      tunnel.start(outcome.listener);
      const standing = standings.of(tunnel.target.instance);
      if (standing.kind !== 'enterable') await tunnel.follow(standing);
      return { kind: 'opened', tunnel: tunnel.view };
    }
    const offered = await findFreePort(localPort, ownPorts());
    return { kind: 'port-unavailable', reason: outcome.reason, wanted: localPort, offered };
  }

  /** A new tunnel on a port of its own choosing, kept for the next time. */
  async function open(
    instance: string,
    remoteHost: string,
    remotePort: number,
    wantedPort: number | undefined,
  ): Promise<TunnelOutcome> {
    const avoid = ownPorts();
    // An instance that is this very machine: the tunnel would lead to itself.
    if (isThisMachine(instance)) avoid.add(remotePort);
    const localPort = wantedPort ?? (await findFreePort(remotePort, avoid));
    const taken = [...tunnels.values()].find(({ target }) => target.localPort === localPort);
    const leadsToItself = localPort === remotePort && isThisMachine(instance);
    if (taken?.isStarted || leadsToItself) {
      const offered = await findFreePort(localPort, avoid);
      return { kind: 'port-unavailable', reason: 'in-use', wanted: localPort, offered };
    }
    const target: SavedTunnel = {
      id: randomUUID(),
      kind: 'local',
      name: '',
      instance,
      bindAddress: 'loopback',
      localPort,
      localHost: '',
      remoteHost,
      remotePort,
      startsWithApp: false,
    };
    const tunnel = add(target);
    const outcome = await start(tunnel);
    if (outcome.kind === 'opened') save();
    else drop(target.id);
    return outcome;
  }

  const drop = (id: string) => {
    tunnels.delete(id);
    views.remove(id);
  };

  const same = (instance: string, host: string, port: number) =>
    [...tunnels.values()].find(
      ({ target }) =>
        target.instance === instance && target.remoteHost === host && target.remotePort === port,
    );

  /** The tunnel there is, started; or a new one. */
  async function tunnelTo(instance: string, host: string, port: number): Promise<Tunnel> {
    const present = same(instance, host, port);
    if (present) {
      const view = present.view;
      if (present.isStarted) {
        if (view.state === 'needs-user' || view.state === 'failed') present.dialAgain();
        return present;
      }
      const outcome = await start(present);
      if (outcome.kind === 'opened') return present;
      drop(present.target.id);
    }
    const outcome = await open(instance, host, port, undefined);
    if (outcome.kind === 'opened') return find(outcome.tunnel.id);
    throw new CloudError('conflict', 'no local port could be had');
  }

  for (const saved of settings.read().tunnels) add(saved);
  parts.fleet.onStateChange((instance) => {
    for (const tunnel of tunnels.values()) {
      if (tunnel.target.instance === instance) views.set(tunnel.view);
    }
  });
  standings.onChange((instance, standing) => {
    for (const tunnel of tunnels.values()) {
      if (tunnel.target.instance === instance) void tunnel.follow(standing);
    }
  });

  return {
    handlers: {
      'tunnels.list': () => views.snapshot(),
      'tunnels.open': ({ instance, remoteHost, remotePort, localPort }) => {
        connections.owner('tunnel', instance);
        if (remotePort === undefined) throw refusal('invalid', 'tunnel-port-missing');
        return open(instance, remoteHost, remotePort, localPort);
      },
      'tunnels.start': async ({ id }) => {
        const tunnel = find(id);
        if (!tunnel.isStarted) return start(tunnel);
        tunnel.dialAgain();
        return { kind: 'opened', tunnel: tunnel.view };
      },
      'tunnels.change': ({ id, name, startsWithApp, localPort }) => {
        const tunnel = find(id);
        tunnel.target = {
          ...tunnel.target,
          ...(name !== undefined && { name }),
          ...(startsWithApp !== undefined && { startsWithApp }),
          ...(localPort !== undefined && { localPort }),
        };
        views.set(tunnel.view);
        save();
        return null;
      },
      'tunnels.reconnectAll': () => {
        for (const tunnel of tunnels.values()) {
          if (tunnel.isStarted && tunnel.view.state !== 'up') tunnel.dialAgain();
        }
        return null;
      },
      'tunnels.stop': async ({ id }) => {
        await stop(find(id));
        return null;
      },
      'tunnels.remove': async ({ id }) => {
        const tunnel = find(id);
        drop(id);
        await stop(tunnel);
        save();
        return null;
      },
      'tunnels.openJupyter': ({ instance }, signal) =>
        openJupyter({ ...parts, signIn, tunnelTo }, instance, signal),
    },
    owns: (port) =>
      [...tunnels.values()].some(({ target, isStarted }) => isStarted && target.localPort === port),
    liveCount: () => [...tunnels.values()].filter(({ isStarted }) => isStarted).length,
    async close() {
      await Promise.all([...tunnels.values()].map(stop));
    },
  };
}
