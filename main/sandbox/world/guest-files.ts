/** Where a guest's files are kept: with its instance, with the snapshot being taken of it, and on the region's data drive. */
import type { FileTree } from '../guest/guest.ts';
import { mergeTrees, treeBytes } from './merge-trees.ts';
import type { Change, Instance, Snapshot, WorldState } from './model.ts';
import type { WorldStore } from './store.ts';
import { statusAt } from './timeline.ts';

const mebibyte = 1024 ** 2;

export interface GuestFiles {
  readonly root: FileTree | undefined;
  readonly datadrive: { readonly files: FileTree; readonly readOnly: boolean } | undefined;
  /** Keeps what the guest has now; answers with what that changes in the world. */
  keep(files: { root: FileTree; datadrive: FileTree | undefined }): readonly Change[];
}

/** @param now sandbox time at each keeping */
export function openGuestFiles(
  store: WorldStore,
  state: WorldState,
  { id, drive }: Instance,
  now: () => number,
): GuestFiles {
  const driveKey = drive && (`drive:${drive.driveId}` as const);
  const openedAt = now();
  let base: FileTree = (driveKey && store.tree(driveKey)) ?? [];

  /** The one the guest is stopped for: a fast clock may be past saving it already. */
  function newestSnapshotSince(moment: number): Snapshot | undefined {
    return [...state.snapshots.values()].findLast(
      ({ sourceInstanceId, createdAt }) => sourceInstanceId === id && createdAt >= moment,
    );
  }

  function keepRoot(root: FileTree): void {
    const instance = state.instances.get(id);
    if (!instance) return;
    const status = statusAt(instance.timeline, now());
    const snapshot = status === 'Running' ? undefined : newestSnapshotSince(openedAt);
    if (snapshot) store.putTree(`snapshot:${snapshot.id}`, root);
    // The files of a released instance are gone with it.
    if (status !== 'Releasing' && status !== 'Released') store.putTree(`instance:${id}`, root);
  }

  function keepDrive(mine: FileTree): readonly Change[] {
    const record = drive && state.drives.get(drive.driveId);
    if (!driveKey || !record || drive.readOnly) return [];
    const merged = mergeTrees(base, mine, store.tree(driveKey) ?? []);
    base = mine;
    store.putTree(driveKey, merged);
    const filesMb = Math.ceil(treeBytes(merged) / mebibyte);
    return [{ table: 'drives', id: record.id, record: { ...record, filesMb } }];
  }

  return {
    root: store.tree(`instance:${id}`),
    datadrive: drive ? { files: base, readOnly: drive.readOnly } : undefined,
    keep: ({ root, datadrive }) => {
      let changes: readonly Change[] = [];
      store.together(() => {
        keepRoot(root);
        if (datadrive) changes = keepDrive(datadrive);
      });
      return changes;
    },
  };
}
