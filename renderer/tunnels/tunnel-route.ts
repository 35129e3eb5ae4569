/** Where a tunnel begins and where it leads, as the stops of a small diagram, and the address one uses. */
import { assertNever } from '../../preload/contract/errors.ts';
import type { Tunnel } from '../../preload/contract/tunnels.ts';

export type RouteEnds = Pick<
  Tunnel,
  'kind' | 'bindAddress' | 'localHost' | 'localPort' | 'remoteHost' | 'remotePort'
>;

/** `other` is a third machine, named by its address; `anywhere` is whatever the proxy is asked for. */
export interface RouteStop {
  readonly place: 'here' | 'instance' | 'other' | 'anywhere';
  /** `:8888`, `db.internal:5432`, or empty. */
  readonly address: string;
}

const isLoopback = (host: string): boolean =>
  /^(loopback|localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

const everywhere: readonly string[] = ['0.0.0.0', '::', '*'];

/** An IPv6 address wears brackets before a port. */
const withPort = (host: string, port: number) =>
  `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;

export function routeOf(tunnel: RouteEnds): readonly RouteStop[] {
  const { kind, localHost, localPort, remoteHost, remotePort } = tunnel;
  switch (kind) {
    case 'local':
      return [
        { place: 'here', address: `:${localPort}` },
        ...lastStops('instance', remoteHost, remotePort),
      ];
    case 'remote':
      return [
        { place: 'instance', address: `:${remotePort}` },
        ...lastStops('here', localHost, localPort),
      ];
    case 'dynamic':
      return [
        { place: 'here', address: `:${localPort}` },
        { place: 'instance', address: '' },
        { place: 'anywhere', address: '' },
      ];
    default:
      return assertNever(kind);
  }
}

/** The far side itself, or a third machine that it reaches. */
function lastStops(place: 'here' | 'instance', host: string, port: number): readonly RouteStop[] {
  if (isLoopback(host) || host === '') return [{ place, address: `:${port}` }];
  return [
    { place, address: '' },
    { place: 'other', address: withPort(host, port) },
  ];
}

/** What is typed into a program to use the tunnel; for a remote one, on the instance. */
export function addressOf({ kind, bindAddress, localPort, remotePort }: RouteEnds): string {
  const named = !isLoopback(bindAddress) && !everywhere.includes(bindAddress);
  switch (kind) {
    case 'local':
      return withPort(named ? bindAddress : 'localhost', localPort);
    case 'remote':
      return withPort(named ? bindAddress : 'localhost', remotePort);
    case 'dynamic':
      return `socks5://${withPort(named ? bindAddress : '127.0.0.1', localPort)}`;
    default:
      return assertNever(kind);
  }
}

/** Whether others than the machine that listens can connect. */
export const isExposed = ({ bindAddress }: RouteEnds): boolean => !isLoopback(bindAddress);

/** The whole way in one line of figures, for places without room for words. */
export function routeText(tunnel: RouteEnds): string {
  const { kind, localHost, localPort, remoteHost, remotePort } = tunnel;
  const far = (host: string, port: number) => (isLoopback(host) ? `${port}` : withPort(host, port));
  switch (kind) {
    case 'local':
      return `127.0.0.1:${localPort} → ${far(remoteHost, remotePort)}`;
    case 'remote':
      return `${remotePort} → ${withPort(localHost, localPort)}`;
    case 'dynamic':
      return `SOCKS5 127.0.0.1:${localPort}`;
    default:
      return assertNever(kind);
  }
}
