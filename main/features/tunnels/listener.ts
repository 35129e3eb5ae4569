/** A tunnel's end on this machine: one port on one or several addresses, held until the tunnel is stopped. */
import { createServer, type ListenOptions, type Server, type Socket } from 'node:net';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import { aheadBytes } from './forward.ts';

export interface Listener {
  readonly port: number;
  /** Resolves when the port is free again. */
  close(): Promise<void>;
}

type PortProblem = 'in-use' | 'reserved' | 'privileged';

export type ListenOutcome =
  | { readonly kind: 'listening'; readonly listener: Listener }
  | { readonly kind: 'unavailable'; readonly reason: PortProblem };

const keepAliveMs = 60_000;
/** Clients that come at the same moment: a page that opens everything at once is not turned away. */
const backlog = 4096;

/** @throws CloudError invalid `tunnel-bind-not-here` when this machine has none of the addresses */
export async function listen(
  addresses: readonly string[],
  port: number,
  onSocket: (socket: Socket) => void,
): Promise<ListenOutcome> {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await Promise.all(
      servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
    );
  };
  for (const address of addresses) {
    const server = createServer({
      allowHalfOpen: true,
      pauseOnConnect: true,
      noDelay: true,
      // A client on another machine may vanish without a word.
      keepAlive: true,
      keepAliveInitialDelay: keepAliveMs,
      highWaterMark: aheadBytes,
    });
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      // One client's broken connection is its own affair.
      socket.on('error', () => socket.destroy());
      onSocket(socket);
    });
    const code = await listenOn(server, {
      host: address,
      port,
      backlog,
      exclusive: true,
      ipv6Only: addresses.length > 1,
    });
    if (code === undefined) servers.push(server);
    else if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') continue;
    else {
      await close();
      return { kind: 'unavailable', reason: problemOf(code, port) };
    }
  }
  if (servers.length === 0) {
    throw refusal('invalid', 'tunnel-bind-not-here', { address: addresses.join(', ') });
  }
  return { kind: 'listening', listener: { port, close } };
}

/** @returns the error's code, or undefined when it listens */
function listenOn(server: Server, options: ListenOptions): Promise<string | undefined> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen(options, () => {
      server.removeAllListeners('error');
      // Too many open files and the like: that one connection fails, the port stays.
      server.on('error', () => {});
      resolve(undefined);
    });
  });
}

/** EACCES above 1023 is a port Windows reserves; it is treated like one in use. */
function problemOf(code: string, port: number): PortProblem {
  if (code === 'EACCES') return port < 1024 ? 'privileged' : 'reserved';
  return 'in-use';
}

/** Tried one after the other from each beginning. */
const candidates = 100;
/** Random beginnings tried when nothing near the wanted port can be had. */
const beginnings = 10;

/**
 * The wanted port, or the first that can be had after it, or any.
 * @param avoid ports other tunnels hold for themselves
 * @throws CloudError conflict when none can be had, as when no file can be opened any more
 */
export async function findFreePort(
  addresses: readonly string[],
  wanted: number,
  avoid: ReadonlySet<number>,
): Promise<number> {
  let first = wanted < 1024 ? wanted + 8000 : wanted;
  for (let round = 0; round <= beginnings; round += 1) {
    for (let port = first; port < Math.min(first + candidates, 65_536); port += 1) {
      if (!avoid.has(port) && (await isFree(addresses, port))) return port;
    }
    first = 20_000 + Math.floor(Math.random() * 20_000);
  }
  throw new CloudError('conflict', 'no local port could be had');
}

async function isFree(addresses: readonly string[], port: number): Promise<boolean> {
  const outcome = await listen(addresses, port, (socket) => socket.destroy());
  if (outcome.kind === 'listening') await outcome.listener.close();
  return outcome.kind === 'listening';
}
