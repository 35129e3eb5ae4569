/** A collection of the core as a store of the page, when its reading fails. */
import { expect, it } from 'vitest';
import { CloudError } from '../../preload/contract/errors.ts';
import type { Client } from '../../renderer/client/client.ts';
import { createCollectionStore } from '../../renderer/client/collections.ts';
import { tunnelOf } from '../support/tunnel-of.ts';

it('says that it could not be read, and is read again when asked to', async () => {
  const answers = [
    () => Promise.reject(new CloudError('internal', 'broken')),
    () => Promise.resolve({ revision: 1, items: [tunnelOf({})] }),
  ];
  const client = {
    call: () => answers.shift()?.(),
    on: () => () => {},
    onConnected: (read: () => void) => read(),
    connection: { subscribe: () => {} },
  } as unknown as Client;
  const store = createCollectionStore(client, 'tunnels.list', 'tunnels.changed', ({ id }) => id);
  await expect.poll(() => store.getState().look).toBe('failed');
  store.getState().retry();
  expect(store.getState().look).toBe('loading');
  await expect.poll(() => store.getState()).toMatchObject({ look: 'fresh', items: [tunnelOf({})] });
});
