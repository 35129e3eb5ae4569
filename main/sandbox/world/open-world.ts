/** Reads a world from its store; a new one is seeded, a larger fleet than before is filled up. */
import { randomBytes } from 'node:crypto';
import { fillerBalanceMilli, fillInstance } from './fill-fleet.ts';
import { accruedMilli } from './ledger.ts';
import type { Account, Change, Instance, WorldState } from './model.ts';
import { type ClockAnchor, createSandboxClock, type SandboxClock } from './sandbox-clock.ts';
import { seedTrees } from './seed-trees.ts';
import { seedWorld } from './seed-world.ts';
import type { WorldStore } from './store.ts';

export interface OpenOptions {
  readonly seed: string;
  readonly clockRate: number;
  /** How many instances there shall be in all; fewer than there are changes nothing. */
  readonly instances: number;
  /** Absent: the one it had, or a new one. */
  readonly token?: string;
  readonly wall: { now(): number };
}

export interface OpenedWorld {
  readonly state: WorldState;
  readonly clock: SandboxClock;
  readonly token: string;
  /** Everything up to then has happened. */
  readonly since: number;
}

/** How a world began: what it takes to compute its fillers again. */
interface Beginning {
  readonly seed: string;
  readonly at: number;
  readonly fillers: number;
}

export function openWorld(store: WorldStore, options: OpenOptions): OpenedWorld {
  const anchor = store.fact('clock') as ClockAnchor | undefined;
  const clock = createSandboxClock(options.wall, options.clockRate, anchor);
  const since = anchor?.sandboxMs ?? clock.now();
  let token = options.token ?? (store.fact('token') as string | undefined);
  token ??= `sandbox-${randomBytes(18).toString('base64url')}`;
  const beginning = store.fact('beginning') as Beginning | undefined;
  store.together(() => {
    store.setFact('token', token);
    store.setFact('clock', clock.anchor());
    if (!beginning) begin(store, options.seed, clock.now());
    fillUp(store, options.instances);
  });
  return { state: load(store), clock, token, since };
}

function begin(store: WorldStore, seed: string, now: number): void {
  const { account, instances, snapshots, drives, groups } = seedWorld(seed, now);
  store.put([
    { table: 'account', id: account.id, record: account },
    ...rows('instances', instances),
    ...rows('snapshots', snapshots),
    ...rows('drives', drives),
    ...rows('groups', groups),
  ]);
  for (const [key, tree] of seedTrees([...drives.values()], now)) store.putTree(key, tree);
  store.setFact('beginning', { seed, at: now, fillers: 0 } satisfies Beginning);
}

function rows<Table extends 'instances' | 'snapshots' | 'drives' | 'groups'>(
  table: Table,
  records: WorldState[Table],
): readonly Change[] {
  return [...records].map(([id, record]) => ({ table, id, record }) as Change);
}

/** More instances bring the money they cost so far, and some to go on. */
function fillUp(store: WorldStore, instances: number): void {
  const beginning = store.fact('beginning') as Beginning;
  const seeded = store.records('instances').filter(({ metaKey }) => metaKey.startsWith('seed-'));
  const fillers = Math.max(beginning.fillers, instances - seeded.length);
  if (fillers <= beginning.fillers) return;
  let paidInMilli = 0;
  for (let number = beginning.fillers; number < fillers; number += 1) {
    const filler = fillInstance(beginning.seed, number, beginning.at);
    paidInMilli += accruedMilli(filler, beginning.at) + fillerBalanceMilli;
  }
  const [account] = store.records('account');
  if (!account) throw new Error('the store has no account');
  const richer: Account = { ...account, paidInMilli: account.paidInMilli + paidInMilli };
  store.put([{ table: 'account', id: 'account', record: richer }]);
  store.setFact('beginning', { ...beginning, fillers } satisfies Beginning);
}

/** Fillers first: what happened to one since is stored and goes over it. */
function load(store: WorldStore): WorldState {
  const beginning = store.fact('beginning') as Beginning;
  const [account] = store.records('account');
  if (!account) throw new Error('the store has no account');
  const instances = new Map<string, Instance>();
  for (const instance of store.records('instances')) instances.set(instance.id, instance);
  for (let number = 0; number < beginning.fillers; number += 1) {
    const filler = fillInstance(beginning.seed, number, beginning.at);
    if (!instances.has(filler.id)) instances.set(filler.id, filler);
  }
  const byId = <Item extends { readonly id: string }>(items: readonly Item[]) =>
    new Map(items.map((item) => [item.id, item]));
  return {
    account,
    instances,
    snapshots: byId(store.records('snapshots')),
    drives: byId(store.records('drives')),
    groups: byId(store.records('groups')),
  };
}
