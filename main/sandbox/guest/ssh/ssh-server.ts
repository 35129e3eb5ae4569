/** A guest's SSH server: who may enter, sessions, and tunnels to the guest's own ports. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import ssh2, { type Connection } from 'ssh2';
import type { Ports } from '../ports.ts';
import { type Login, mayEnter } from './authorized-keys.ts';
import { takeRemoteForwards } from './remote-forwards.ts';
import { openSession, type SessionParts } from './session.ts';

export interface SshServerOptions {
  readonly port: number;
  readonly hostKeyPem: string;
  readonly login: Login;
  readonly session: Omit<SessionParts, 'client' | 'onShell'>;
  /** Where tunnels lead to, and where they may lead away from. */
  readonly ports: Ports;
  onTraffic(receivedBytes: number, sentBytes: number): void;
}

export interface SshServer {
  readonly port: number;
  /** `type base64` */
  readonly hostPublicKey: string;
  connections(): number;
  /** Tells every session, then closes all. */
  stop(): Promise<void>;
}

const maxAttempts = 6;
const loginWithinMs = 30_000;

export async function startSshServer(options: SshServerOptions): Promise<SshServer> {
  const parsed = ssh2.utils.parseKey(options.hostKeyPem);
  if (parsed instanceof Error) throw parsed;
  const hostKey = Array.isArray(parsed) ? parsed[0] : parsed;
  const connections = new Map<Connection, Set<(word: string) => void>>();
  const sockets = new Set<Socket>();

  const server = new ssh2.Server(
    { hostKeys: [options.hostKeyPem], ident: 'Pilothouse_Sandbox' },
    (connection, info) => {
      const closers = new Set<(word: string) => void>();
      connections.set(connection, closers);
      connection.on('close', () => connections.delete(connection));
      // A client that breaks the protocol or vanishes ends its own connection only.
      connection.on('error', () => {});
      admit(connection, options.login);
      takeRemoteForwards(connection, options.ports);
      connection.on('session', (accept) =>
        openSession(accept(), {
          ...options.session,
          client: { address: info.ip, port: info.port },
          onShell(close) {
            closers.add(close);
            return () => closers.delete(close);
          },
        }),
      );
      connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
        const isOwn = ['localhost', '127.0.0.1', '::1', '0.0.0.0', ''].includes(destIP);
        if (!isOwn || !options.ports.connect(destPort, accept)) reject();
      });
    },
  );
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A shell's small packets must not wait for each other.
    socket.setNoDelay(true);
    countTraffic(socket, options.onTraffic);
    server.injectSocket(socket);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(options.port, '127.0.0.1', () => {
      listener.off('error', reject);
      resolve();
    });
  });
  return {
    port: (listener.address() as AddressInfo).port,
    hostPublicKey: `${hostKey.type} ${hostKey.getPublicSSH().toString('base64')}`,
    connections: () => connections.size,
    async stop() {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
      for (const [connection, closers] of connections) {
        for (const close of closers) close('\r\nThe machine is going down.\r\n');
        connection.end();
      }
      // One that does not answer is not waited for.
      const timer = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, 300);
      await closed;
      clearTimeout(timer);
    },
  };
}

function admit(connection: Connection, login: Login): void {
  let attempts = 0;
  const timer = setTimeout(() => connection.end(), loginWithinMs);
  connection.on('close', () => clearTimeout(timer));
  connection.on('ready', () => clearTimeout(timer));
  connection.on('authentication', (context) => {
    if (mayEnter(context, login)) {
      context.accept();
      return;
    }
    if (context.method !== 'none') attempts += 1;
    if (attempts >= maxAttempts) connection.end();
    else context.reject(['publickey', 'password']);
  });
}

function countTraffic(socket: Socket, onTraffic: SshServerOptions['onTraffic']): void {
  let [received, sent] = [0, 0];
  const count = () => {
    onTraffic(socket.bytesRead - received, socket.bytesWritten - sent);
    [received, sent] = [socket.bytesRead, socket.bytesWritten];
  };
  const timer = setInterval(count, 1000).unref();
  socket.once('close', () => {
    clearInterval(timer);
    count();
  });
}
