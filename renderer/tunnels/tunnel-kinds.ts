/** The three kinds of tunnel, in the order of how often they are wanted, each with an example of its way. */
import type { TunnelKind } from '../../preload/contract/tunnels.ts';
import type { RouteEnds } from './tunnel-route.ts';

export const tunnelKinds: readonly TunnelKind[] = ['local', 'remote', 'dynamic'];

const examplePorts: Readonly<Record<TunnelKind, readonly [here: number, there: number]>> = {
  local: [8888, 8888],
  remote: [3000, 9000],
  dynamic: [1080, 0],
};

export function exampleEnds(kind: TunnelKind): RouteEnds {
  const [localPort, remotePort] = examplePorts[kind];
  return {
    kind,
    bindAddress: 'loopback',
    localHost: '127.0.0.1',
    localPort,
    remoteHost: '127.0.0.1',
    remotePort,
  };
}
