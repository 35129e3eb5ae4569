/** What is known of the storage a snapshot would need: the account's, and how full the instance's disk is. */
import { useMemo } from 'react';
import type { CloudError, Failure } from '../../../preload/contract/errors.ts';
import type { Instance } from '../../../preload/contract/instances.ts';
import { useMetricHistory, useSnapshots } from '../../client/queries.ts';
import { type StorageRoom, storageRoom } from './storage-room.ts';

export type StorageReading = (
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed'; readonly failure: Failure | CloudError; retry(): void }
  /** The API does not tell of it. */
  | { readonly kind: 'not-told' }
  | { readonly kind: 'read'; readonly room: StorageRoom; readonly diskUsedBytes?: number }
) & {
  /** Names of the account's snapshots, as far as they are known. */
  readonly takenNames: ReadonlySet<string>;
};

export function useStorage({ account, key }: Instance): StorageReading {
  const { data, error, refetch } = useSnapshots();
  const { data: history } = useMetricHistory(key);
  const takenNames = useMemo(() => {
    const own = data?.snapshots.filter((snapshot) => snapshot.account === account) ?? [];
    return new Set(own.map(({ name }) => name));
  }, [data, account]);
  const retry = () => void refetch();
  const failure = data?.failures.find((failed) => failed.account === account)?.failure;
  if (failure) return { kind: 'failed', failure, retry, takenNames };
  if (!data) {
    return error
      ? { kind: 'failed', failure: error, retry, takenNames }
      : { kind: 'reading', takenNames };
  }
  const storage = data.storage.find((use) => use.account === account);
  if (!storage) return { kind: 'not-told', takenNames };
  const diskUsedBytes = history?.samples.findLast(
    ({ diskUsed }) => diskUsed !== undefined,
  )?.diskUsed;
  return {
    kind: 'read',
    room: storageRoom(storage, diskUsedBytes),
    ...(diskUsedBytes !== undefined && { diskUsedBytes }),
    takenNames,
  };
}
