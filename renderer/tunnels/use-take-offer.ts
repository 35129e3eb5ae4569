/** Opens a tunnel that was offered; a port that cannot be had is offered in exchange for another. */
import { useState } from 'react';
import { CloudError } from '../../preload/contract/errors.ts';
import type { ArgsOf } from '../../preload/contract/index.ts';
import type { PastedTunnel } from '../../preload/contract/ssh.ts';
import { useClient } from '../client/context.ts';
import type { UnavailablePort } from './tunnel-desk.ts';

export interface TunnelOffer {
  /** Key of the instance it leads through. */
  readonly instance: string;
  readonly tunnel: PastedTunnel;
}

type Stage =
  | { readonly kind: 'offered' | 'opening' }
  /** By its id: what becomes of it is in the list of tunnels. */
  | { readonly kind: 'opened'; readonly tunnel: string }
  | { readonly kind: 'unavailable'; readonly outcome: UnavailablePort }
  | { readonly kind: 'failed'; readonly failure: CloudError };

export function useTakeOffer(offer: TunnelOffer): {
  readonly stage: Stage;
  /** Takes the other port, where one is offered in exchange. */
  readonly open: () => void;
} {
  const client = useClient();
  const [stage, setStage] = useState<Stage>({ kind: 'offered' });
  const open = async () => {
    const localPort = stage.kind === 'unavailable' ? stage.outcome.offered : undefined;
    setStage({ kind: 'opening' });
    try {
      const outcome = await client.call('tunnels.open', openingOfOffer(offer, localPort));
      setStage(
        outcome.kind === 'opened'
          ? { kind: 'opened', tunnel: outcome.tunnel.id }
          : { kind: 'unavailable', outcome },
      );
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      // Whoever was asked and said no knows.
      setStage(
        error.code === 'cancelled' ? { kind: 'offered' } : { kind: 'failed', failure: error },
      );
    }
  };
  return { stage, open: () => void open() };
}

/** @param localPort in place of the one that was pasted */
function openingOfOffer(
  { instance, tunnel }: TunnelOffer,
  localPort = tunnel.localPort,
): ArgsOf<'tunnels.open'> {
  const { kind, bindAddress, localHost, remoteHost, remotePort } = tunnel;
  return {
    instance,
    kind,
    bindAddress,
    localPort,
    ...(kind !== 'dynamic' && { remotePort }),
    ...(kind === 'local' && { remoteHost }),
    ...(kind === 'remote' && { localHost }),
  };
}
