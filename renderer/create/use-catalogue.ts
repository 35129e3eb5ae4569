/** What an account offers to create from, read when the wizard is open; absent where its API does not tell. */
import { useQuery } from '@tanstack/react-query';
import type { Account } from '../../preload/contract/accounts.ts';
import type { DataDrive, HardwareSpec, Image } from '../../preload/contract/catalogue.ts';
import type { CloudError } from '../../preload/contract/errors.ts';
import { useClient } from '../client/context.ts';

/** Stock comes and goes. */
const stockAgainMs = 30_000;

export function useCatalogue({ id: account, parts }: Account) {
  const client = useClient();
  const isOffered = parts.includes('catalogue');
  const images = useQuery<readonly Image[], CloudError>({
    queryKey: ['catalogue.images', account],
    queryFn: ({ signal }) => client.call('catalogue.images', { account }, signal),
    enabled: isOffered,
  });
  const hardware = useQuery<readonly HardwareSpec[], CloudError>({
    queryKey: ['catalogue.hardware', account],
    queryFn: ({ signal }) => client.call('catalogue.hardware', { account }, signal),
    enabled: isOffered,
    refetchInterval: stockAgainMs,
  });
  const drives = useQuery<readonly DataDrive[], CloudError>({
    queryKey: ['catalogue.dataDrives', account],
    queryFn: ({ signal }) => client.call('catalogue.dataDrives', { account }, signal),
    enabled: isOffered,
  });
  return { isOffered, images, hardware, drives };
}

export type Catalogue = ReturnType<typeof useCatalogue>;
