/** The whole state in memory: what commands look at, changed only by what they answered with. */
import type { Account, Change, Drive, Instance, MeshGroup, Snapshot, WorldState } from './model.ts';
import { nextChange } from './timeline.ts';

export interface WorldTables {
  readonly state: WorldState;
  /** So many from the one at that place, newest first. */
  newestInstances(from: number, count: number): readonly Instance[];
  byMetaKey(metaKey: string): Instance | undefined;
  /** Ids of the instances that can be made reachable. */
  readonly placed: ReadonlySet<string>;
  /** Those whose status is still going to change by itself; the others are asked for once. */
  unsettled(now: number): {
    readonly pending: readonly Instance[];
    readonly settled: readonly Instance[];
  };
  apply(changes: readonly Change[]): void;
}

interface MutableState {
  account: Account;
  readonly instances: Map<string, Instance>;
  readonly snapshots: Map<string, Snapshot>;
  readonly drives: Map<string, Drive>;
  readonly groups: Map<string, MeshGroup>;
}

export function createTables(initial: WorldState): WorldTables {
  const state: MutableState = {
    account: initial.account,
    instances: new Map(initial.instances),
    snapshots: new Map(initial.snapshots),
    drives: new Map(initial.drives),
    groups: new Map(initial.groups),
  };
  const idByMetaKey = new Map<string, string>();
  const placed = new Set<string>();
  const unsettledIds = new Set<string>();
  /** Newest first; a new one is the newest. */
  let order: readonly string[] | undefined;

  const set = <Row>(table: Map<string, Row>, id: string, row: Row | null) => {
    if (row === null) table.delete(id);
    else table.set(id, row);
  };

  function index({ id, metaKey, placement }: Instance): void {
    idByMetaKey.set(metaKey, id);
    unsettledIds.add(id);
    if (placement) placed.add(id);
    else placed.delete(id);
  }
  for (const instance of state.instances.values()) index(instance);

  function applyOne(change: Change): void {
    switch (change.table) {
      case 'account':
        if (change.record) state.account = change.record;
        break;
      case 'instances':
        if (order && !state.instances.has(change.id)) order = [change.id, ...order];
        if (change.record) index(change.record);
        set(state.instances, change.id, change.record);
        break;
      case 'snapshots':
        set(state.snapshots, change.id, change.record);
        break;
      case 'drives':
        set(state.drives, change.id, change.record);
        break;
      case 'groups':
        set(state.groups, change.id, change.record);
        break;
      case 'trees':
        break;
    }
  }

  return {
    state,
    newestInstances(from, count) {
      order ??= sortNewestFirst([...state.instances.values()]).map(({ id }) => id);
      return order.slice(from, from + count).flatMap((id) => state.instances.get(id) ?? []);
    },
    byMetaKey(metaKey) {
      const id = idByMetaKey.get(metaKey);
      return id === undefined ? undefined : state.instances.get(id);
    },
    placed,
    unsettled(now) {
      const pending: Instance[] = [];
      const settled: Instance[] = [];
      for (const id of unsettledIds) {
        const instance = state.instances.get(id);
        if (instance && nextChange(instance.timeline, now) !== undefined) pending.push(instance);
        else {
          unsettledIds.delete(id);
          if (instance) settled.push(instance);
        }
      }
      return { pending, settled };
    },
    apply(changes) {
      for (const change of changes) applyOne(change);
    },
  };
}

function sortNewestFirst(instances: Instance[]): readonly Instance[] {
  return instances.sort(
    (one, other) => other.createdAt - one.createdAt || (one.id < other.id ? -1 : 1),
  );
}
