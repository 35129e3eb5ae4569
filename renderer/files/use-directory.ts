/** The directory that is shown, read when it is opened and again whenever something in it was changed from here. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { CloudError } from '../../preload/contract/errors.ts';
import type { Directory, Transfer } from '../../preload/contract/files.ts';
import { useClient, useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import type { Place } from './place.ts';

/** What a directory is kept under in the cache of queries. */
export const directoryKey = ({ instance, path }: Place) => ['files.list', instance, path];

const justReadMs = 1000;

/** While an upload brings one file after another, they are shown this often. */
const uploadsSeenEveryMs = 1500;

export function useDirectory(place: Place) {
  const client = useClient();
  const queries = useQueryClient();
  const learnHome = useView().useFilesView((view) => view.learnHome);
  const query = useQuery<Directory, CloudError>({
    queryKey: directoryKey(place),
    queryFn: async ({ signal }) => {
      const directory = await client.call('files.list', place, signal);
      if (place.path === '') {
        queries.setQueryData(directoryKey({ ...place, path: directory.path }), directory);
        learnHome(place.instance, directory.path);
      }
      return directory;
    },
    // The home directory is shown by its name right after it was read by none.
    staleTime: justReadMs,
  });
  useSeeUploads(place);
  return query;
}

/** Reads directories of an instance again, wherever they are shown. */
export function useReadAgain(instance: string): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(
    () => queries.invalidateQueries({ queryKey: ['files.list', instance] }),
    [queries, instance],
  );
}

function useSeeUploads({ instance, path }: Place): void {
  const { transfers } = useStores();
  const readAgain = useReadAgain(instance);
  useEffect(() => {
    const comesHere = (transfer: Transfer) =>
      transfer.direction === 'upload' &&
      transfer.instance === instance &&
      (transfer.directory === path || path.startsWith(`${transfer.directory}/`));
    const progressOf = (items: readonly Transfer[]) =>
      items.filter(comesHere).reduce((sum, { itemsDone }) => sum + itemsDone, 0);
    let seen = progressOf(transfers.getState().items);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = transfers.subscribe(({ items }) => {
      const now = progressOf(items);
      if (now === seen) return;
      seen = now;
      timer ??= setTimeout(() => {
        timer = undefined;
        void readAgain();
      }, uploadsSeenEveryMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [transfers, instance, path, readAgain]);
}
