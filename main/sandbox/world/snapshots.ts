/** What may be done to a snapshot: rename, delete in two steps, restore. */
import type { Change, Command, Snapshot, WorldState } from './model.ts';
import { checkedName } from './names.ts';
import { found, Refusal } from './refusal.ts';
import { checkQuota, type SnapshotStatus, snapshotStatus } from './storage.ts';

function findSnapshot(
  state: WorldState,
  id: string,
  now: number,
  allowed: readonly SnapshotStatus[],
): Snapshot {
  const snapshot = found(state.snapshots.get(id), 'snapshot', id);
  const status = snapshotStatus(snapshot, now);
  if (status === 'Gone') found(undefined, 'snapshot', id);
  if (!allowed.includes(status)) {
    throw new Refusal(
      'wrong-state',
      `The snapshot ${snapshot.name} is ${status}, not ${allowed.join(' or ')}.`,
    );
  }
  return snapshot;
}

const put = (record: Snapshot) => ({
  changes: [{ table: 'snapshots', id: record.id, record }] as const,
  value: record,
});

export function renameSnapshot(id: string, name: string): Command<Snapshot> {
  return (state, now) => {
    const snapshot = findSnapshot(state, id, now, ['Saving', 'Available']);
    return put({ ...snapshot, name: checkedName(name, 'The name') });
  };
}

/** Among the restorable ones first; permanently when asked for. */
export function deleteSnapshot(id: string, permanently: boolean): Command<null> {
  return (state, now) => {
    if (permanently) {
      findSnapshot(state, id, now, ['Available', 'Restorable']);
      return { changes: removal(id), value: null };
    }
    const snapshot = findSnapshot(state, id, now, ['Available']);
    return { ...put({ ...snapshot, deletedAt: now }), value: null };
  };
}

/** Refused when the storage no longer suffices. */
export function restoreSnapshot(id: string): Command<Snapshot> {
  return (state, now) => {
    const snapshot = findSnapshot(state, id, now, ['Restorable']);
    checkQuota(state, snapshot.sizeMb, now);
    return put({ ...snapshot, deletedAt: null });
  };
}

const removal = (id: string): readonly Change[] => [
  { table: 'snapshots', id, record: null },
  { table: 'trees', id: `snapshot:${id}`, remove: true },
];

/** Those whose time to be restored is over, with their files. */
export function forgetGoneSnapshots(state: WorldState, now: number): readonly Change[] {
  return [...state.snapshots.values()]
    .filter((snapshot) => snapshotStatus(snapshot, now) === 'Gone')
    .flatMap(({ id }) => removal(id));
}
