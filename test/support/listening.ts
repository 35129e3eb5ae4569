/** Starting and ending a TCP server of a test, as promises. */
import { once } from 'node:events';
import type { Server } from 'node:net';

/** Listens on 127.0.0.1. @param port 0 = any */
export async function listen(server: Server, port = 0): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
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
