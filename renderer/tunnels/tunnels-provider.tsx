/** What every place with tunnels shares, above all pages: their actions, their dialogs, their last minute, and Jupyter's opening. */
import { type ReactNode, useMemo, useState } from 'react';
import { useStores } from '../client/context.ts';
import { JupyterProvider } from './jupyter-context.tsx';
import { createThroughputHistory } from './throughput-history.ts';
import { createTunnelDesk } from './tunnel-desk.ts';
import { TunnelDialogs } from './tunnel-dialogs.tsx';
import { TunnelToolsContext } from './tunnel-tools.ts';
import { useMakeTunnelActions } from './use-make-tunnel-actions.ts';

export function TunnelsProvider({ children }: { readonly children: ReactNode }) {
  const stores = useStores();
  const [useDesk] = useState(createTunnelDesk);
  const [throughput] = useState(() => createThroughputHistory(stores.tunnels, Date.now));
  const actions = useMakeTunnelActions(useDesk);
  const tools = useMemo(() => ({ useDesk, throughput, actions }), [useDesk, throughput, actions]);
  return (
    <TunnelToolsContext value={tools}>
      <JupyterProvider>
        {children}
        <TunnelDialogs />
      </JupyterProvider>
    </TunnelToolsContext>
  );
}
