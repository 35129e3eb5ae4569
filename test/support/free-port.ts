/** A loopback port of this process’s own that nobody listens on at this moment. */
import { createServer } from 'node:net';
import { addressPort, closeServer, listen } from './listening.ts';

export async function freePort(): Promise<number> {
  const server = createServer();
  await listen(server);
  const port = addressPort(server);
  await closeServer(server);
  return port;
}

/** Another process may take a free port before the server does: it is then given another. */
export async function startOnFreePort<Server>(
  start: (port: number) => Promise<Server>,
): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (attempt === 5 || !/already in use/i.test(String(error))) throw error;
    }
  }
}
