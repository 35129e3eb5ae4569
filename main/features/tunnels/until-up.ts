/** Waiting for a tunnel as somebody does who was asked for the password of its instance. */
import type { CloudError } from '../../../preload/contract/errors.ts';
import type { Tunnel } from './tunnel.ts';

/**
 * The first login may take as long as a person takes; clients of the port, who know nothing of it, wait for less.
 * @throws CloudError why it does not come up, cancelled
 */
export async function untilUp(
  tunnel: Pick<Tunnel, 'whenUp'> & { readonly view: Pick<Tunnel['view'], 'state'> },
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      await tunnel.whenUp(signal);
      return;
    } catch (error) {
      const isLongWait = (error as CloudError).rule?.id === 'tunnel-down';
      if (!isLongWait || tunnel.view.state !== 'connecting') throw error;
    }
  }
}
