/** How components reach the client and the stores: one context, filled once in main.tsx. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Client, Connection } from './client.ts';
import type { Stores } from './stores.ts';

export interface Core {
  readonly client: Client;
  readonly stores: Stores;
}

export const CoreContext = createContext<Core | undefined>(undefined);

function useCore(): Core {
  const core = useContext(CoreContext);
  if (!core) throw new Error('no CoreContext above this component');
  return core;
}

export const useClient = (): Client => useCore().client;
export const useStores = (): Stores => useCore().stores;

export function useConnectionState(): Connection['state'] {
  const { connection } = useClient();
  return useSyncExternalStore(connection.subscribe, () => connection.state);
}
