/** The sandbox's web server: reads requests whole, injects faults, and says in each answer what it is. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, failBefore, send, sendWith, textAnswer } from './answer.ts';
import type { FaultSource } from './faults.ts';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string;
  readonly body: string;
}

export interface HttpServerOptions {
  readonly port: number;
  readonly faults: FaultSource;
  /** The part of the path that faults are not told about, and outside of which there are none. */
  readonly basePath: string;
  answer(request: Request): Promise<Answer>;
  log(line: string): void;
}

export interface HttpServer {
  readonly url: string;
  stop(): Promise<void>;
}

const maxBodyBytes = 256 * 1024;
const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** @throws when the port cannot be had */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const server = createServer((request, response) => void serve(request, response));
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('server', 'pilothouse-sandbox');
    response.setHeader('cache-control', 'no-store');
    response.on('error', () => {});
    // A page that had this name point here could otherwise read along.
    if (!loopback.test(incoming.headers.host ?? '')) {
      send(response, textAnswer(421, 'The sandbox answers on loopback names only.\n'));
      return;
    }
    try {
      const request = await read(incoming);
      if (!request) {
        send(response, textAnswer(413, 'The request is too large.\n'));
        return;
      }
      await answerWithFaults(request, response);
    } catch (error) {
      options.log(`No answer to ${incoming.method} ${incoming.url}: ${String(error)}`);
      if (!response.headersSent) send(response, textAnswer(500, 'The sandbox failed.\n'));
      else response.destroy();
    }
  }

  async function answerWithFaults(request: Request, response: ServerResponse): Promise<void> {
    const { basePath } = options;
    const { delayMs, fault } = request.path.startsWith(basePath)
      ? options.faults.next(request.path.slice(basePath.length))
      : { delayMs: 0, fault: undefined };
    if (delayMs > 0) await delay(delayMs, undefined, { ref: false });
    if (failBefore(response, fault)) return;
    sendWith(fault, response, await options.answer(request));
  }

  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Undefined when the body is too large. */
async function read(incoming: IncomingMessage): Promise<Request | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of incoming as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > maxBodyBytes) return undefined;
    pieces.push(piece);
  }
  const url = new URL(incoming.url ?? '/', 'http://sandbox');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    authorization: incoming.headers.authorization ?? '',
    body: Buffer.concat(pieces).toString('utf8'),
  };
}
