/** How components reach what all places with tunnels share. */
import { createContext, useContext } from 'react';
import type { StoreApi, UseBoundStore } from 'zustand';
import type { ThroughputHistory } from './throughput-history.ts';
import type { TunnelDesk } from './tunnel-desk.ts';
import type { TunnelActions } from './use-make-tunnel-actions.ts';

export interface TunnelTools {
  readonly useDesk: UseBoundStore<StoreApi<TunnelDesk>>;
  readonly throughput: ThroughputHistory;
  /** The same for as long as the language is. */
  readonly actions: TunnelActions;
}

export const TunnelToolsContext = createContext<TunnelTools | undefined>(undefined);

export function useTunnelTools(): TunnelTools {
  const tools = useContext(TunnelToolsContext);
  if (!tools) throw new Error('no TunnelsProvider above this component');
  return tools;
}
