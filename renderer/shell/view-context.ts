/** The page's own stores, made once in main.tsx: what is shown, as opposed to what the core knows. */
import { createContext, useContext } from 'react';
import type { StoreApi, UseBoundStore } from 'zustand';
import { type ConnectFlow, createConnectFlow } from '../accounts/connect-flow.ts';
import type { Client } from '../client/client.ts';
import { createStockWatches, type StockWatches } from '../create/stock-watches.ts';
import { createFilesView, type FilesView } from '../files/files-view.ts';
import { type ActionFlow, createActionFlow } from '../instances/action-flow.ts';
import { createInstancesView, type InstancesView } from '../instances/instances-view.ts';
import { createPreferencesStore, type PreferencesState } from '../settings/preferences-store.ts';
import { createTunnelsView, type TunnelsView } from '../tunnels/tunnels-view.ts';
import { createVaultGate, type VaultGate } from '../vault/vault-gate.ts';
import { createNavigation, type Navigation } from './navigation.ts';
import { createToasts, type Toasts } from './toasts.ts';

type Store<State> = UseBoundStore<StoreApi<State>>;

export interface View {
  readonly useNavigation: Store<Navigation>;
  readonly useToasts: Store<Toasts>;
  readonly useInstancesView: Store<InstancesView>;
  readonly useFilesView: Store<FilesView>;
  readonly useActionFlow: Store<ActionFlow>;
  readonly useVaultGate: Store<VaultGate>;
  readonly useStockWatches: Store<StockWatches>;
  readonly useConnectFlow: Store<ConnectFlow>;
  readonly useTunnelsView: Store<TunnelsView>;
  readonly usePreferences: Store<PreferencesState>;
}

export function createView(client: Client): View {
  return {
    useNavigation: createNavigation(),
    useToasts: createToasts(),
    useInstancesView: createInstancesView(),
    useFilesView: createFilesView(),
    useActionFlow: createActionFlow(),
    useVaultGate: createVaultGate(),
    useStockWatches: createStockWatches(),
    useConnectFlow: createConnectFlow(),
    useTunnelsView: createTunnelsView(),
    usePreferences: createPreferencesStore(client),
  };
}

export const ViewContext = createContext<View | undefined>(undefined);

export function useView(): View {
  const view = useContext(ViewContext);
  if (!view) throw new Error('no ViewContext above this component');
  return view;
}
