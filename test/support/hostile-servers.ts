/** Servers that behave badly, for everything that must survive them. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import ssh2 from 'ssh2';
import { newKeyPair } from './key-pair.ts';
import { addressPort, closeServer, listen } from './listening.ts';

export interface HostileServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Answers like a web server. */
export const startHttpInstead = () =>
  startRaw((socket) => {
    socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'));
    socket.write('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n<html>not SSH</html>\r\n');
  });

/** Accepts and closes. */
export const startClosingAtOnce = () => startRaw((socket) => socket.end());

/** Accepts and says nothing, for as long as one waits. */
export const startSilent = () => startRaw(() => {});

/** A banner without an end of its line: `bytes` of it, 1 MB by default. */
export const startEndlessBanner = (bytes = 1024 * 1024) =>
  startRaw((socket) => socket.write(Buffer.alloc(bytes, 'A')));

/** Lines before the version are allowed; a megabyte of them is not sensible. */
export const startLongPreamble = (bytes = 1024 * 1024) =>
  startRaw((socket) => socket.write('this is not a version line\r\n'.repeat(bytes / 28)));

/** A proper version, then noise. */
export const startGarbageAfterVersion = () =>
  startRaw((socket) => {
    socket.write('SSH-2.0-OpenSSH_9.2\r\n');
    socket.write(Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 97 + 13) % 256)));
  });

/** Speaks SSH with nothing but algorithms that are broken. */
export const startWeakOnly = () =>
  startSsh(
    { algorithms: { cipher: ['aes128-cbc', '3des-cbc'], kex: ['diffie-hellman-group1-sha1'] } },
    () => {},
  );

/** A proper handshake, then gone at the first word of a login. */
export const startClosingDuringLogin = () =>
  startSsh({}, (client) => client.on('authentication', () => client.end()));

/** Hangs up on any password, without a word. */
export const startHangingUpOnPassword = () =>
  startSsh({}, (client) =>
    client.on('authentication', (context) => {
      if (context.method === 'password') client.end();
      else context.reject(['password']);
    }),
  );

/** A proper handshake, then not a word to any login. */
export const startMuteDuringLogin = () =>
  startSsh({}, (client) => client.on('authentication', () => {}));

export interface ImpatientServer extends HostileServer {
  /** It is tired of waiting. */
  leave(): void;
}

/** Shows its key, asks for a password, and leaves in the middle of it when told to. */
export async function startImpatient(): Promise<ImpatientServer> {
  const clients: ssh2.Connection[] = [];
  const server = await startSsh({}, (client) => {
    clients.push(client);
    client.on('authentication', (context) => context.reject(['password']));
  });
  return {
    ...server,
    leave() {
      for (const client of clients) client.end();
    },
  };
}

async function startSsh(
  config: Partial<ssh2.ServerConfig>,
  take: (client: ssh2.Connection) => void,
): Promise<HostileServer> {
  const key = newKeyPair();
  const server = new ssh2.Server({ ...config, hostKeys: [key.private] }, (client) => {
    client.on('error', () => {});
    take(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: addressPort(server),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export interface Honeypot extends HostileServer {
  /** `type base64`. */
  readonly hostPublicKey: string;
  /** Connections that got as far as keys being agreed on. */
  handshakes(): number;
  /** How many times a user name was presented, by any method. */
  attempts(): number;
  /** Every password or typed answer it was given. */
  passwords(): readonly string[];
}

/** A real SSH server that lets nobody in and remembers what it was given. */
export async function startHoneypot(): Promise<Honeypot> {
  const key = newKeyPair();
  const passwords: string[] = [];
  let handshakes = 0;
  let attempts = 0;
  const server = new ssh2.Server({ hostKeys: [key.private] }, (client) => {
    client.on('error', () => {});
    client.on('handshake', () => {
      handshakes += 1;
    });
    client.on('authentication', (context) => {
      attempts += 1;
      if (context.method === 'password') passwords.push(context.password);
      if (context.method === 'keyboard-interactive') {
        context.prompt([{ prompt: 'Password: ', echo: false }], (answers) => {
          passwords.push(...answers);
          context.reject(['password', 'keyboard-interactive']);
        });
        return;
      }
      context.reject(['password', 'keyboard-interactive', 'publickey']);
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', () => resolve(undefined)));
  return {
    port: addressPort(server),
    hostPublicKey: key.public,
    handshakes: () => handshakes,
    attempts: () => attempts,
    passwords: () => passwords,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function startRaw(greet: (socket: Socket) => void): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.resume(); // else the other side's end would never be seen
    greet(socket);
  });
  await listen(server);
  return {
    port: addressPort(server),
    async stop() {
      const closed = closeServer(server);
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
