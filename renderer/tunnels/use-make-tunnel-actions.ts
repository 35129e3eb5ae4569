/** What can be done with tunnels, with what went wrong said in a short message. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoreApi } from 'zustand';
import { CloudError } from '../../preload/contract/errors.ts';
import type { ArgsOf } from '../../preload/contract/index.ts';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { useClient } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { openPage } from '../ui/open-page.ts';
import { plainly } from '../ui/plain-text.tsx';
import { pageOf } from './known-ports.ts';
import type { TunnelDesk, UnavailablePort } from './tunnel-desk.ts';

export interface TunnelActions {
  /** Starts it, or tries it again now; questions are welcome. */
  start(tunnel: Tunnel): void;
  stop(tunnel: Tunnel): void;
  /** After asking: one key could undo a tunnel that was set up with care. */
  remove(tunnel: Tunnel): void;
  removeNow(tunnel: Tunnel): void;
  change(tunnel: Tunnel, change: Omit<ArgsOf<'tunnels.change'>, 'id'>): void;
  /** Takes the offered port for good, and starts on it. */
  takePort(tunnel: Tunnel, outcome: UnavailablePort): void;
  /** Call it from a click. */
  openPage(tunnel: Tunnel): void;
  reconnectAll(): void;
  stopAll(tunnels: readonly Tunnel[]): void;
}

const longestName = 60;

const shownName = ({ name, instanceName }: Tunnel): string =>
  plainly(name || instanceName, longestName);

export function useMakeTunnelActions(desk: StoreApi<TunnelDesk>): TunnelActions {
  const client = useClient();
  const { t } = useTranslation('tunnels');
  const say = useView().useToasts((toasts) => toasts.say);
  return useMemo(() => {
    const { ask, close } = desk.getState();
    const run = (title: string, work: () => Promise<unknown>) => {
      work().catch((failure: unknown) => {
        if (!(failure instanceof CloudError)) throw failure;
        // Whoever was asked and said no knows.
        if (failure.code !== 'cancelled') say({ kind: 'failed', title, failure });
      });
    };
    const begin = async (tunnel: Tunnel) => {
      const outcome = await client.call('tunnels.start', { id: tunnel.id });
      if (outcome.kind === 'port-unavailable') ask({ kind: 'offer', tunnel, outcome });
    };
    const removeNow = (tunnel: Tunnel) => {
      close();
      run(t('failures.remove', { name: shownName(tunnel) }), () =>
        client.call('tunnels.remove', { id: tunnel.id }),
      );
    };
    return {
      start: (tunnel) => run(t('failures.start', { name: shownName(tunnel) }), () => begin(tunnel)),
      stop: (tunnel) =>
        run(t('failures.stop', { name: shownName(tunnel) }), () =>
          client.call('tunnels.stop', { id: tunnel.id }),
        ),
      remove: (tunnel) => ask({ kind: 'remove', tunnel }),
      removeNow,
      change: (tunnel, change) =>
        run(t('failures.change', { name: shownName(tunnel) }), () =>
          client.call('tunnels.change', { id: tunnel.id, ...change }),
        ),
      takePort: (tunnel, { offered }) => {
        close();
        run(t('failures.start', { name: shownName(tunnel) }), async () => {
          await client.call('tunnels.change', { id: tunnel.id, localPort: offered });
          await begin({ ...tunnel, localPort: offered });
        });
      },
      openPage: (tunnel) => {
        const page = pageOf(tunnel);
        if (page) run(t('failures.open', { address: page }), () => openPage(client, page));
      },
      reconnectAll: () =>
        run(t('failures.reconnectAll'), () => client.call('tunnels.reconnectAll', {})),
      stopAll: (tunnels) => {
        close();
        run(t('failures.stopAll'), () =>
          Promise.all(tunnels.map(({ id }) => client.call('tunnels.stop', { id }))),
        );
      },
    };
  }, [client, desk, say, t]);
}
