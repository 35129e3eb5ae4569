/** Holds an instance's place until its guest is built: real ports that hang up, files as they were given. */
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { Guest, GuestOptions } from './world/guest-interface.ts';

export async function startClosedGuest(options: GuestOptions): Promise<Guest> {
  const servers = [await listen(options.sshPort), await listen(options.httpPort)] as const;
  const [ssh, http] = servers.map((server) => (server.address() as AddressInfo).port);
  return {
    sshPort: ssh ?? 0,
    httpPort: http ?? 0,
    hostPublicKey: '',
    exportFiles: async () => ({ root: options.files ?? [], datadrive: options.datadrive?.files }),
    sizeBytes: async () => 0,
    metrics: () => ({
      ...{ cpu: 0, memoryUsedMb: 0, diskUsedGb: 0, netInBps: 0, netOutBps: 0 },
      gpus: [],
    }),
    openConnections: () => 0,
    async stop() {
      for (const server of servers) server.close();
    },
  };
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
