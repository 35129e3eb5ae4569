/** The far end of forwarded ports: nothing listens behind them inside a simulated guest, and that is what is said there. */
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { ForwardedPort } from './model.ts';

export interface AccessNode {
  /** Listens for exactly these; answers with the real port of each by its id. */
  settle(ports: readonly ForwardedPort[]): Promise<ReadonlyMap<string, number>>;
  stop(): void;
}

interface Listener {
  readonly server: Server;
  readonly settings: string;
  readonly servicePort: number;
}

/** Ports with servers of the guest's own. */
const isGuests = ({ port }: ForwardedPort) => port === 22 || port === 8888;

export function createAccessNode(): AccessNode {
  const listeners = new Map<string, Listener>();
  const close = (id: string) => {
    listeners.get(id)?.server.close();
    listeners.delete(id);
  };

  async function settleNow(ports: readonly ForwardedPort[]): Promise<ReadonlyMap<string, number>> {
    const wanted = ports.filter((port) => !isGuests(port));
    for (const id of listeners.keys()) if (!wanted.some((port) => port.id === id)) close(id);
    for (const port of wanted) {
      const settings = `${port.protocol} ${port.port}`;
      if (listeners.get(port.id)?.settings === settings) continue;
      close(port.id);
      const server = port.protocol === 'http' ? sayNobodyListens(port.port) : hangUp();
      const servicePort = await listen(server, port.servicePort).catch(() => listen(server, 0));
      listeners.set(port.id, { server, settings, servicePort });
    }
    return new Map([...listeners].map(([id, { servicePort }]) => [id, servicePort]));
  }

  let work: Promise<unknown> = Promise.resolve();
  return {
    settle(ports) {
      // One at a time: two at once would listen twice for the same port.
      const settled = work.then(() => settleNow(ports));
      work = settled;
      return settled;
    },
    stop: () => {
      for (const id of [...listeners.keys()]) close(id);
    },
  };
}

function sayNobodyListens(port: number): Server {
  return createHttpServer((_request, response) => {
    response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
    response.end(`Nothing listens on port ${port} of this simulated instance.\n`);
  });
}

/** TCP services inside a guest are simulated by nobody: a connection is refused as late as it can be. */
function hangUp(): Server {
  return createServer((socket) => socket.destroy());
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
