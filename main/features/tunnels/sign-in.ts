/** Signing a browser in to a server behind a tunnel, so that no token is ever in an address, a history or a log. */
import { randomBytes } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { CloudError } from '../../../preload/contract/errors.ts';
import type { Lease } from '../ssh/connection.ts';
import { openChannel } from './forward.ts';

/** What the browser is signed in to. */
export interface SignInTarget {
  readonly token: string;
  /** Begins and ends with a slash, and stands in a header as it is. */
  readonly basePath: string;
  /** Pages to land on, relative to the base: the first that is there. */
  readonly landings: readonly string[];
}

/** The tunnel as far as signing in needs it. */
export interface Through {
  readonly target: {
    readonly id: string;
    readonly remoteHost: string;
    readonly remotePort: number;
  };
  whenUp(signal: AbortSignal): Promise<Lease>;
}

export interface SignIn {
  /** @returns a path on the tunnel that works once, within a minute, and then redirects to a clean address */
  arm(tunnel: string, target: SignInTarget): string;
  /** Looks at a chunk a client sent; takes the socket over when it asks for an armed path. */
  intercept(chunk: Buffer, socket: Socket, tunnel: Through): boolean;
}

const lifetimeMs = 60_000;
const requestTimeoutMs = 15_000;
const prefix = 'GET /.pilothouse/';

export function createSignIn(): SignIn {
  const armed = new Map<string, { tunnel: string; target: SignInTarget }>();
  return {
    arm(tunnel, target) {
      const nonce = randomBytes(24).toString('base64url');
      armed.set(nonce, { tunnel, target });
      setTimeout(() => armed.delete(nonce), lifetimeMs).unref();
      return `/.pilothouse/${nonce}`;
    },
    intercept(chunk, socket, tunnel) {
      if (armed.size === 0 || chunk.toString('latin1', 0, prefix.length) !== prefix) return false;
      const head = chunk.toString('latin1', 0, 8192);
      const nonce = /^GET \/\.pilothouse\/([\w-]+) HTTP\/1\.[01]\r\n/.exec(head)?.[1] ?? '';
      const entry = armed.get(nonce);
      if (!entry || entry.tunnel !== tunnel.target.id) return false;
      armed.delete(nonce);
      const host = /\r\nHost: ?([\w.:[\]-]+)\r\n/i.exec(head)?.[1] ?? '127.0.0.1';
      signIn(tunnel, entry.target, host).then(
        ({ location, cookies }) => redirect(socket, location, cookies),
        // Signed in or not, the page itself says more than we could.
        () => redirect(socket, entry.target.basePath, []),
      );
      return true;
    },
  };
}

interface SignedIn {
  readonly location: string;
  readonly cookies: readonly string[];
}

/** Asks with the token in a header, as the browser's own name for the server, and keeps the cookies of the answer. */
async function signIn(tunnel: Through, target: SignInTarget, host: string): Promise<SignedIn> {
  for (const landing of target.landings) {
    const location = target.basePath + landing;
    const answer = await get(tunnel, location, {
      host,
      authorization: `token ${target.token}`,
    });
    if (answer.status === 404) continue;
    return { location, cookies: answer.cookies };
  }
  return { location: target.basePath, cookies: [] };
}

/** One GET through the tunnel's connection. @throws CloudError */
export async function get(
  tunnel: Through,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<{
  readonly status: number;
  readonly cookies: readonly string[];
  readonly body: string;
}> {
  const signal = AbortSignal.timeout(requestTimeoutMs);
  const { client } = await tunnel.whenUp(signal);
  const { remoteHost, remotePort } = tunnel.target;
  const channel = await openChannel(client, remoteHost, remotePort);
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      channel.close();
      reject(new CloudError('network', String(error)));
    };
    const asked = request(
      {
        path,
        headers: { ...headers, connection: 'close' },
        createConnection: () => channel,
        signal,
      },
      (response: IncomingMessage) => {
        const cookies = response.headers['set-cookie'] ?? [];
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          if (body.length < maxBodyLength) body += text;
        });
        response.on('error', fail);
        response.on('end', () => {
          channel.close();
          resolve({ status: response.statusCode ?? 0, cookies, body });
        });
      },
    );
    asked.on('error', fail);
    asked.end();
  });
}

const maxBodyLength = 64 * 1024;

function redirect(socket: Socket, location: string, cookies: readonly string[]): void {
  socket.end(
    [
      'HTTP/1.1 303 See Other',
      `Location: ${location}`,
      ...cookies.map((cookie) => `Set-Cookie: ${cookie}`),
      'Cache-Control: no-store',
      'Referrer-Policy: no-referrer',
      'Content-Length: 0',
      'Connection: close',
      '',
      '',
    ].join('\r\n'),
  );
}
