/** Every tunnel there is, started or not: found by its id, shown to the page, written down. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { PromptOwner } from '../../../preload/contract/prompts.ts';
import type { Tunnel as TunnelView } from '../../../preload/contract/tunnels.ts';
import type { Clock } from '../../core/clock.ts';
import { type Collection, createCollection } from '../../core/collection.ts';
import type { Events } from '../../core/events.ts';
import type { SavedTunnel, Settings } from '../../core/settings.ts';
import type { Connections } from '../ssh/connections.ts';
import { Tunnel, type TunnelParts } from './tunnel.ts';

export interface TunnelBookParts {
  readonly connections: Pick<Connections, 'to' | 'owner'>;
  readonly settings: Settings;
  readonly events: Events;
  readonly clock: Clock;
  readonly wayOf: TunnelParts['wayOf'];
}

export interface TunnelBook {
  /** Shows it; it is written down with the next `save`. */
  add(saved: SavedTunnel): Tunnel;
  /** @throws CloudError not-found `tunnel-gone` */
  find(id: string): Tunnel;
  all(): readonly Tunnel[];
  of(instance: string): readonly Tunnel[];
  /** Ports on this machine that tunnels have, started or not. */
  portsBeside(tunnel?: Tunnel): Set<number>;
  /** Told of no more; it is crossed out with the next `save`. */
  drop(tunnel: Tunnel): void;
  /** @throws CloudError when the disk refuses */
  save(): void;
  readonly views: Pick<Collection<TunnelView>, 'set' | 'snapshot'>;
}

export function createTunnelBook(parts: TunnelBookParts): TunnelBook {
  const { connections, settings, events, clock, wayOf } = parts;
  const tunnels = new Map<string, Tunnel>();
  const views = createCollection<TunnelView>(
    ({ id }) => id,
    (delta) => events.emit('tunnels.changed', delta),
  );
  const all = () => [...tunnels.values()];

  const ownerOf = (instance: string): PromptOwner | undefined => {
    try {
      return connections.owner('tunnel', instance);
    } catch {
      return undefined;
    }
  };

  return {
    add(saved) {
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
    },
    find(id) {
      const tunnel = tunnels.get(id);
      if (!tunnel) throw refusal('not-found', 'tunnel-gone');
      return tunnel;
    },
    all,
    of: (instance) => all().filter(({ target }) => target.instance === instance),
    portsBeside(tunnel) {
      const others = all().filter((other) => other !== tunnel && other.listensHere);
      return new Set(others.map(({ target }) => target.localPort));
    },
    drop({ target }) {
      tunnels.delete(target.id);
      views.remove(target.id);
    },
    save() {
      settings.change({ tunnels: all().map(({ target }) => target) });
    },
    views,
  };
}
