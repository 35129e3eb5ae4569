/** Start, stop and remove, with what went wrong said in a short message. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../preload/contract/errors.ts';
import type { Tunnel, TunnelOutcome } from '../../preload/contract/tunnels.ts';
import { useClient } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';

export type UnavailablePort = Extract<TunnelOutcome, { kind: 'port-unavailable' }>;

/** A tunnel that could not have its port back, and the port it could have instead. */
export interface PortOffer {
  readonly tunnel: Tunnel;
  readonly outcome: UnavailablePort;
}

export interface TunnelActions {
  readonly offer: PortOffer | undefined;
  start(tunnel: Tunnel): void;
  stop(tunnel: Tunnel): void;
  remove(tunnel: Tunnel): void;
  takeOffer(): void;
  declineOffer(): void;
}

export function useTunnelActions(): TunnelActions {
  const client = useClient();
  const { t } = useTranslation('tunnels');
  const say = useView().useToasts((toasts) => toasts.say);
  const [offer, setOffer] = useState<PortOffer>();
  const actions = useMemo(() => {
    const run = (title: string, work: () => Promise<unknown>) => {
      work().catch((failure: unknown) => {
        if (!(failure instanceof CloudError)) throw failure;
        say({ kind: 'failed', title, failure });
      });
    };
    return {
      start: (tunnel: Tunnel) =>
        run(t('failures.start', { name: tunnel.instanceName }), async () => {
          const outcome = await client.call('tunnels.start', { id: tunnel.id });
          if (outcome.kind === 'port-unavailable') setOffer({ tunnel, outcome });
        }),
      stop: ({ id, instanceName }: Tunnel) =>
        run(t('failures.stop', { name: instanceName }), () => client.call('tunnels.stop', { id })),
      remove: ({ id, instanceName }: Tunnel) =>
        run(t('failures.remove', { name: instanceName }), () =>
          client.call('tunnels.remove', { id }),
        ),
      takePort: ({ tunnel, outcome }: PortOffer) =>
        run(t('failures.start', { name: tunnel.instanceName }), async () => {
          const { id, instance, remoteHost, remotePort } = tunnel;
          const next = await client.call('tunnels.open', {
            instance,
            remoteHost,
            remotePort,
            localPort: outcome.offered,
          });
          if (next.kind === 'port-unavailable') setOffer({ tunnel, outcome: next });
          else await client.call('tunnels.remove', { id });
        }),
    };
  }, [client, say, t]);
  return {
    ...actions,
    offer,
    takeOffer: () => {
      setOffer(undefined);
      if (offer) actions.takePort(offer);
    },
    declineOffer: () => setOffer(undefined),
  };
}
