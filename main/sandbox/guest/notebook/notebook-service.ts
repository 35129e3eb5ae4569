/** A guest's notebook service on port 8888: a small Jupyter-like web page, marked as simulated. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Files } from '../files/files.ts';
import { readContents } from './contents.ts';
import { createNotebookAuth } from './notebook-auth.ts';
import { loginPage, script, style, treePage } from './notebook-pages.ts';

export interface NotebookOptions {
  /** Of this machine's loopback; 0 = any. */
  readonly port: number;
  readonly token: string;
  readonly hostName: string;
  readonly files: Files;
  /** Runs a command line and says what it printed. */
  execute(line: string): Promise<{ readonly output: string; readonly status: number }>;
  now(): number;
}

export interface NotebookService {
  readonly port: number;
  /** A connection that came through an SSH tunnel. */
  accept(stream: Duplex): void;
  stop(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly location?: string;
}

const json = (value: unknown, status = 200): Reply => ({
  status,
  type: 'application/json',
  body: `${JSON.stringify(value)}\n`,
});
const html = (body: string, status = 200): Reply => ({
  status,
  type: 'text/html; charset=utf-8',
  body,
});
const redirect = (location: string): Reply => ({
  status: 302,
  type: 'text/plain',
  body: '',
  location,
});

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const maxBodyBytes = 64 * 1024;

export async function startNotebook(options: NotebookOptions): Promise<NotebookService> {
  const auth = createNotebookAuth(options.token);
  const startedAt = new Date(options.now()).toISOString();

  async function answer(request: IncomingMessage, url: URL): Promise<Reply> {
    const path = decodeURIComponent(url.pathname);
    const isPost = request.method === 'POST';
    if (path === '/api' || path === '/api/') return json({ version: '2.14.0 (sandbox)' });
    if (path === '/static/notebook.js') {
      return { status: 200, type: 'text/javascript; charset=utf-8', body: script };
    }
    if (path === '/static/notebook.css') {
      return { status: 200, type: 'text/css; charset=utf-8', body: style };
    }
    if (path === '/login') {
      const next = safePath(url.searchParams.get('next'));
      if (!isPost) return html(loginPage(next, false));
      const given = new URLSearchParams(await readBody(request)).get('password') ?? '';
      return auth.isToken(given) ? redirect(next) : html(loginPage(next, true), 401);
    }
    if (!auth.isSignedIn(request, url)) {
      if (path.startsWith('/api/')) return json({ message: 'Forbidden', reason: null }, 403);
      return redirect(`/login?next=${encodeURIComponent(url.pathname)}`);
    }
    // An address with the token in it is left at once.
    if (url.searchParams.has('token') && !path.startsWith('/api/')) return redirect(url.pathname);
    if (path === '/') return redirect('/lab');
    if (
      path === '/lab' ||
      path === '/tree' ||
      path.startsWith('/lab/') ||
      path.startsWith('/tree/')
    ) {
      return html(treePage(options.hostName));
    }
    if (path === '/api/status') {
      const last_activity = new Date(options.now()).toISOString();
      return json({ started: startedAt, last_activity, connections: 0, kernels: 0 });
    }
    if (['/api/kernels', '/api/sessions', '/api/terminals'].includes(path)) return json([]);
    if (path === '/api/contents' || path.startsWith('/api/contents/')) {
      const contents = readContents(options.files, path.slice('/api/contents'.length));
      return contents ? json(contents) : json({ message: 'No such file or directory' }, 404);
    }
    if (path === '/api/sandbox/execute' && isPost) {
      // Not a form: a page of another origin cannot send this header.
      if (request.headers['x-sandbox'] !== 'execute') return json({ message: 'Forbidden' }, 403);
      return json(await options.execute(await readBody(request)));
    }
    return json({ message: 'Not found' }, 404);
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const { status, type, body, location } = await answer(request, url);
    const signsIn =
      auth.isTokenGiven(request, url) || (url.pathname === '/login' && status === 302);
    response.writeHead(status, {
      'content-type': type,
      'content-length': Buffer.byteLength(body),
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      server: 'pilothouse-sandbox',
      ...(location !== undefined && { location }),
      ...(signsIn && { 'set-cookie': auth.cookie(request) }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(400);
      response.end();
    });
  });
  return listenOn(server, options.port);
}

async function listenOn(server: Server, wantedPort: number): Promise<NotebookService> {
  const tunnelled = new Set<Duplex>();
  server.on('clientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wantedPort, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    accept(stream) {
      tunnelled.add(stream);
      stream.on('error', () => {});
      stream.once('close', () => tunnelled.delete(stream));
      // http takes any duplex stream for a connection.
      server.emit('connection', stream as Socket);
    },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const stream of tunnelled) stream.destroy();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Where to go after signing in: on this server only. */
const safePath = (path: string | null): string =>
  path !== null && /^\/(?![/\\])/.test(path) ? path : '/lab';

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const text of request) {
    body += String(text);
    if (body.length > maxBodyBytes) throw new Error('too long');
  }
  return body;
}
