/** Every collection of the core as a store, made once per page. */
import type { i18n } from 'i18next';
import type { Client } from './client.ts';
import { createCollectionStore } from './collections.ts';
import { nameAccounts } from './named-accounts.ts';

export function createStores(client: Client, texts: i18n) {
  const accounts = createCollectionStore(
    client,
    'accounts.list',
    'accounts.changed',
    ({ id }) => id,
  );
  return {
    accounts: nameAccounts(accounts, texts),
    instances: createCollectionStore(
      client,
      'instances.list',
      'instances.changed',
      ({ key }) => key,
    ),
    jobs: createCollectionStore(client, 'jobs.list', 'jobs.changed', ({ id }) => id),
    prompts: createCollectionStore(client, 'prompts.list', 'prompts.changed', ({ id }) => id),
    terminals: createCollectionStore(client, 'terminals.list', 'terminals.changed', ({ id }) => id),
    transfers: createCollectionStore(
      client,
      'files.transfers',
      'files.transfersChanged',
      ({ id }) => id,
    ),
    tunnels: createCollectionStore(client, 'tunnels.list', 'tunnels.changed', ({ id }) => id),
  };
}

export type Stores = ReturnType<typeof createStores>;
