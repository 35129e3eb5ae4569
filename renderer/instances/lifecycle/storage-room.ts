/** Whether the personal storage has room for a snapshot, as far as can be known before it is taken. */
import type { StorageUse } from '../../../preload/contract/snapshots.ts';

export interface StorageRoom {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  readonly freeBytes: number;
  /**
   * `full` and `too-small` forbid the snapshot: nothing packs a disk to less than half of it.
   * `tight` is for the cloud to decide, which checks it once more before it begins.
   */
  readonly verdict: 'enough' | 'tight' | 'too-small' | 'full';
}

const bestPacking = 0.5;

/** @param diskUsedBytes of the instance; absent: nobody has told */
export function storageRoom(
  { quotaBytes, usedBytes }: Pick<StorageUse, 'quotaBytes' | 'usedBytes'>,
  diskUsedBytes: number | undefined,
): StorageRoom {
  const freeBytes = Math.max(0, quotaBytes - usedBytes);
  const room = { usedBytes, quotaBytes, freeBytes };
  if (freeBytes === 0) return { ...room, verdict: 'full' };
  if (diskUsedBytes === undefined || diskUsedBytes <= freeBytes) {
    return { ...room, verdict: 'enough' };
  }
  const certain = diskUsedBytes * bestPacking > freeBytes;
  return { ...room, verdict: certain ? 'too-small' : 'tight' };
}
