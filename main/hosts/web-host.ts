/** The web host: the built page and one WebSocket on loopback, for whoever holds the one-time token. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import sirv from 'sirv';
import { type WebSocket, WebSocketServer } from 'ws';
import { refusal } from '../../preload/contract/errors.ts';
import { type Channel, type Frame, maxPageFrameBytes } from '../../preload/contract/wire.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { createSessionKeys, type SessionKeys } from './session-keys.ts';

/** A socket that has not shown a token or a key by then is closed. */
const introductionMs = 2000;
const heartbeatMs = 30_000;
/** A page that reads nothing for so many bytes is cut off; it reads everything anew when it returns. */
const maxUnsentBytes = 64 * 1024 * 1024;

export interface WebHost {
  readonly port: number;
  /** A link with a fresh one-time token. Older unused links stop working. */
  newLink(): string;
  /** Ends every page's session. */
  revokeAll(): void;
  close(): Promise<void>;
}

export interface WebHostOptions {
  /** 0 = any free port. */
  readonly port: number;
  /** The built page. */
  readonly directory: string;
  onChannel(channel: Channel): void;
}

/** @throws CloudError conflict `port-in-use` or forbidden `port-privileged` */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const keys = createSessionKeys();
  const files = sirv(options.directory, { etag: true, dotfiles: false });
  const server = createServer((request, response) => {
    if (!isOurs(request, false)) {
      response.writeHead(421, { 'content-type': 'text/plain' }).end('Misdirected request\n');
      return;
    }
    response.setHeader('content-security-policy', contentSecurityPolicy);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    response.setHeader('cache-control', 'no-cache');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    files(request, response, () => {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
    });
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxPageFrameBytes });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (request.url !== '/channel' || !isOurs(request, true)) {
      socket.end('HTTP/1.1 421 Misdirected Request\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) =>
      introduce(webSocket, keys, options.onChannel),
    );
  });
  const stopHeartbeat = startHeartbeat(sockets);

  const port = await listen(server, options.port);
  return {
    port,
    newLink: () => `http://127.0.0.1:${port}/#token=${keys.newToken()}`,
    revokeAll() {
      keys.revokeAll();
      for (const socket of sockets.clients) socket.close(4001, 'revoked');
    },
    close() {
      stopHeartbeat();
      for (const socket of sockets.clients) socket.terminate();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') reject(refusal('conflict', 'port-in-use', { port }));
      else if (error.code === 'EACCES')
        reject(refusal('forbidden', port < 1024 ? 'port-privileged' : 'port-reserved', { port }));
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

const loopbackName = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/**
 * Host must be a loopback name, at any port so that `ssh -L` works; an Origin must be that very host.
 * Upgrades must carry an Origin: a browser always sends one.
 */
function isOurs(request: IncomingMessage, originNeeded: boolean): boolean {
  const { host, origin } = request.headers;
  if (!host || !loopbackName.test(host)) return false;
  if (origin === undefined) return !originNeeded;
  return origin === `http://${host}`;
}

/** The first message must be `{"token": …}` or `{"key": …}`; the answer is `{"key": …}` or `{"refused": true}`. */
function introduce(
  socket: WebSocket,
  keys: SessionKeys,
  onChannel: (channel: Channel) => void,
): void {
  socket.on('error', () => socket.terminate());
  const timer = setTimeout(() => socket.close(4002, 'silent'), introductionMs);
  socket.once('message', (data, isBinary) => {
    clearTimeout(timer);
    // Too late: a token spent on a socket that takes no answer any more would be lost to whoever has it.
    if (socket.readyState !== socket.OPEN) return;
    const key = isBinary ? undefined : keys.exchange(String(data));
    if (!key) {
      socket.send(JSON.stringify({ refused: true }));
      socket.close(4001, 'refused');
      return;
    }
    const channel = toChannel(socket);
    socket.send(JSON.stringify({ key }));
    onChannel(channel);
  });
  socket.once('close', () => clearTimeout(timer));
}

function toChannel(socket: WebSocket): Channel {
  return {
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > maxUnsentBytes) socket.terminate();
      else socket.send(frame);
    },
    onFrame(handler: (frame: Frame) => void) {
      socket.on('message', (data: Buffer, isBinary) =>
        handler(isBinary ? new Uint8Array(data) : data.toString('utf8')),
      );
    },
    onClose: (handler) => socket.on('close', handler),
    close: (reason) => socket.close(4000, reason.slice(0, 100)),
  };
}

/** Notices pages that went away without a word. @returns how to stop */
function startHeartbeat(sockets: WebSocketServer): () => void {
  const silent = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) {
        socket.terminate();
        continue;
      }
      silent.add(socket);
      socket.once('pong', () => silent.delete(socket));
      socket.ping();
    }
  }, heartbeatMs);
  timer.unref();
  return () => clearInterval(timer);
}
