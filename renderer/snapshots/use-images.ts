/** The official images of every account whose API tells of them; each account fails for itself. */
import { useQueries } from '@tanstack/react-query';
import type { Account } from '../../preload/contract/accounts.ts';
import type { Image } from '../../preload/contract/catalogue.ts';
import type { CloudError } from '../../preload/contract/errors.ts';
import { useClient, useStores } from '../client/context.ts';

export interface AccountImages {
  readonly account: Account;
  /** Absent: not read yet, or never. */
  readonly images: readonly Image[] | undefined;
  readonly failure: CloudError | null;
  retry(): void;
}

export interface Images {
  readonly accounts: readonly AccountImages[];
  /** Absent until every account was read or failed. */
  readonly count: number | undefined;
}

export function useImages(): Images {
  const client = useClient();
  const offering = useStores()
    .accounts(({ items }) => items)
    .filter(({ parts }) => parts.includes('catalogue'));
  const readings = useQueries({
    queries: offering.map(({ id: account }) => ({
      queryKey: ['catalogue.images', account],
      queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<readonly Image[]> =>
        client.call('catalogue.images', { account }, signal),
    })),
  });
  const accounts = offering.map((account, at): AccountImages => {
    const reading = readings[at];
    return {
      account,
      images: reading?.data,
      // The client throws nothing else.
      failure: (reading?.error ?? null) as CloudError | null,
      retry: () => void reading?.refetch(),
    };
  });
  return {
    accounts,
    count: readings.some(({ isPending }) => isPending)
      ? undefined
      : accounts.reduce((sum, { images = [] }) => sum + images.length, 0),
  };
}
