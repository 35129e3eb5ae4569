/** Where to go from a directory that is no longer there: the nearest above it that opens. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CloudError } from '../../preload/contract/errors.ts';
import { useClient } from '../client/context.ts';
import type { Place } from './place.ts';
import { parentPath } from './remote-path.ts';
import { directoryKey } from './use-directory.ts';

/** Refusals of this very directory: one further up may open. */
const onlyThis = ['file-missing', 'file-permission', 'file-refused'];

const isMissing = (failure: CloudError | null): boolean => failure?.rule?.id === 'file-missing';

/** The directory, or the whole instance. */
export const isGone = (failure: CloudError | null): boolean =>
  isMissing(failure) || failure?.rule?.id === 'instance-gone';

/** @returns undefined while it is looked for, and where there is none */
export function useNearestParent(
  { instance, path }: Place,
  failure: CloudError | null,
): string | undefined {
  const client = useClient();
  const queries = useQueryClient();
  const { data } = useQuery<string | null, CloudError>({
    queryKey: ['files.nearest', instance, path],
    enabled: isMissing(failure),
    gcTime: 0,
    queryFn: async ({ signal }) => {
      for (let above = parentPath(path); above !== undefined; above = parentPath(above)) {
        const parent = { instance, path: above };
        try {
          const directory = await client.call('files.list', parent, signal);
          queries.setQueryData(directoryKey(parent), directory);
          return above;
        } catch (error) {
          const rule = error instanceof CloudError ? error.rule?.id : undefined;
          if (rule === undefined || !onlyThis.includes(rule)) throw error;
        }
      }
      return null;
    },
  });
  return data ?? undefined;
}
