/** A loopback port that nobody listens on at this moment. */
import { createServer } from 'node:net';
import { addressPort, closeServer, listen } from './listening.ts';

export async function freePort(): Promise<number> {
  const server = createServer();
  await listen(server);
  const port = addressPort(server);
  await closeServer(server);
  return port;
}
