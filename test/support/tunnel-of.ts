/** A tunnel as the page is told of one, with what a test is about changed. */
import type { Tunnel } from '../../preload/contract/tunnels.ts';

export function tunnelOf(change: Partial<Tunnel>): Tunnel {
  return {
    id: 'tunnel-1',
    kind: 'local',
    name: '',
    instance: 'servers/1',
    instanceName: 'web-1',
    bindAddress: 'loopback',
    localPort: 8888,
    localHost: '',
    remoteHost: '127.0.0.1',
    remotePort: 8888,
    startsWithApp: false,
    state: 'up',
    since: '2026-11-20T00:00:00.000Z',
    bytesIn: 0,
    bytesOut: 0,
    bytesInPerSecond: 0,
    bytesOutPerSecond: 0,
    connections: 0,
    openConnections: 0,
    reconnects: 0,
    ...change,
  };
}
