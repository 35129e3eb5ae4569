/** What is open on an instance from here. */
import type { Terminal } from '../../../preload/contract/terminals.ts';
import type { Tunnel } from '../../../preload/contract/tunnels.ts';
import { routeText } from '../../tunnels/tunnel-route.ts';

export interface LiveWorkItem {
  readonly kind: 'terminal' | 'tunnel';
  readonly id: string;
  readonly text: string;
}

const openStates: readonly Terminal['state'][] = ['open', 'connecting'];

export function liveWorkOf(
  instanceKey: string,
  terminals: readonly Terminal[],
  tunnels: readonly Tunnel[],
): readonly LiveWorkItem[] {
  return [
    ...terminals
      .filter(({ instance, state }) => instance === instanceKey && openStates.includes(state))
      .map(({ id, title }): LiveWorkItem => ({ kind: 'terminal', id, text: title })),
    ...tunnels
      .filter(({ instance, state }) => instance === instanceKey && state !== 'stopped')
      .map(
        (tunnel): LiveWorkItem => ({
          kind: 'tunnel',
          id: tunnel.id,
          text: routeText(tunnel),
        }),
      ),
  ];
}
