/** Starting and ending a TCP server of a test, as promises. */
import { once } from 'node:events';
import type { Server } from 'node:net';
import { nextPort, ownPorts } from './own-ports.ts';

/** Listens on 127.0.0.1. @param port 0 = any of this process's own */
export async function listen(server: Server, port = 0): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    // Where all of its own are taken any will do.
    const own = attempt < ownPorts ? await nextPort() : 0;
    server.listen(port || own, '127.0.0.1');
    try {
      await once(server, 'listening');
      return;
    } catch (error) {
      if (port !== 0 || !/EADDRINUSE/.test(String(error))) throw error;
    }
  }
}

export function addressPort(server: Pick<Server, 'address'>): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return address.port;
}

/** Resolves once no connection is left; end those first. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
