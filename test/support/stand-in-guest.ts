/** A guest with nothing inside: real ports that accept, and a file system that is a list. For tests of the world alone. */
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { FileTree, Guest, GuestOptions } from '../../main/sandbox/guest/guest.ts';
import type { StartGuest } from '../../main/sandbox/world/guests.ts';

export interface StandIn extends Guest {
  readonly options: GuestOptions;
  write(path: string, text: string): void;
  writeToDrive(path: string, text: string): void;
  read(path: string): string | undefined;
  readFromDrive(path: string): string | undefined;
}

export interface StandIns {
  readonly startGuest: StartGuest;
  /** The running one of that instance, or undefined. */
  of(instanceId: string): StandIn | undefined;
}

export function createStandIns(): StandIns {
  const running = new Map<string, StandIn>();
  return {
    of: (id) => running.get(id),
    async startGuest(options) {
      const ssh = await listen(options.sshPort);
      const http = await listen(options.httpPort);
      const root = new Files(options.files ?? []);
      const drive = options.datadrive && new Files(options.datadrive.files);
      const guest: StandIn = {
        options,
        sshPort: (ssh.address() as AddressInfo).port,
        httpPort: (http.address() as AddressInfo).port,
        hostPublicKey: 'ssh-ed25519 AAAA',
        exportFiles: async () => ({ root: root.tree, datadrive: drive?.tree }),
        sizeBytes: async () => root.tree.reduce((sum, { data }) => sum + (data?.length ?? 0), 0),
        metrics: () => ({
          ...{ cpu: 0, memoryUsedMb: 0, diskUsedGb: 0, netInBps: 0, netOutBps: 0 },
          gpus: [],
        }),
        openConnections: () => 0,
        async stop() {
          running.delete(options.id);
          ssh.close();
          http.close();
        },
        write(path, text) {
          root.write(path, text);
          options.onFilesChanged();
        },
        writeToDrive(path, text) {
          drive?.write(path, text);
          options.onFilesChanged();
        },
        read: (path) => root.read(path),
        readFromDrive: (path) => drive?.read(path),
      };
      running.set(options.id, guest);
      return guest;
    },
  };
}

class Files {
  tree: FileTree;

  constructor(tree: FileTree) {
    this.tree = tree;
  }

  write(path: string, text: string): void {
    const data = new TextEncoder().encode(text);
    const rest = this.tree.filter((node) => node.path !== path);
    this.tree = [...rest, { path, kind: 'file', mode: 0o644, mtimeMs: 0, data }];
  }

  read(path: string): string | undefined {
    const data = this.tree.find((node) => node.path === path)?.data;
    return data && new TextDecoder().decode(data);
  }
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
