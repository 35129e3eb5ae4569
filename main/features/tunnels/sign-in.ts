/** Signing a browser in to a server behind a tunnel, so that no token is ever in an address, a history or a log. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { get, type Through } from './get-through.ts';
import { sayLast } from './say-last.ts';

/** What the browser is signed in to. */
interface SignInTarget {
  readonly token: string;
  /** Begins and ends with a slash, and stands in a header as it is. */
  readonly basePath: string;
  /** Whether the server speaks TLS only; it does not unless told. */
  readonly secure?: boolean;
  /** Pages to land on, relative to the base: the first that is there. */
  readonly landings: readonly string[];
}

export interface SignIn {
  /** @returns a path on the tunnel that works once, within a minute, and then redirects to a clean address */
  arm(tunnel: string, target: SignInTarget): string;
  /** Looks at a chunk a client sent; takes the socket over when it asks for an armed path. */
  intercept(chunk: Buffer, socket: Socket, tunnel: Through): boolean;
}

const lifetimeMs = 60_000;
const prefix = 'GET /.pilothouse/';
/** This machine's own names, in each of which the browser may have been sent here; a page elsewhere may give its name this address. */
const ownHost = /^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d{1,5})?$/i;

/** @param now milliseconds since 1970: a path is not good for longer because the machine slept */
export function createSignIn(now: () => number = Date.now): SignIn {
  const armed = new Map<string, { tunnel: string; target: SignInTarget; untilMs: number }>();
  return {
    arm(tunnel, target) {
      const nonce = randomBytes(24).toString('base64url');
      armed.set(nonce, { tunnel, target, untilMs: now() + lifetimeMs });
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
      if (entry.untilMs < now()) return false;
      const host = /\r\nHost:[ \t]*([^\r\n]*?)[ \t]*\r\n/i.exec(head)?.[1] ?? '';
      if (!ownHost.test(host)) {
        sayLast(socket, misdirected);
        return true;
      }
      // Cookies know no ports: a token of the browser's own is that of every other tunnel's page too, and stays.
      const [, xsrf] = /\r\nCookie:[^\r\n]*?[ \t;](_xsrf=[^;\s]+)/i.exec(head) ?? [];
      const asBrowser = { host, ...(xsrf !== undefined && { cookie: xsrf }) };
      signIn(tunnel, entry.target, asBrowser).then(
        ({ location, cookies }) => redirect(socket, location, cookies),
        // Signed in or not, the page itself says more than we could.
        () => redirect(socket, entry.target.basePath, []),
      );
      return true;
    },
  };
}

const misdirected = [
  'HTTP/1.1 421 Misdirected Request',
  'Cache-Control: no-store',
  'Content-Length: 0',
  'Connection: close',
  '',
  '',
].join('\r\n');

interface SignedIn {
  readonly location: string;
  readonly cookies: readonly string[];
}

/** Asks with the token in a header, as the browser would, and keeps the cookies of the answer. */
async function signIn(
  tunnel: Through,
  target: SignInTarget,
  asBrowser: Readonly<Record<string, string>>,
): Promise<SignedIn> {
  for (const landing of target.landings) {
    const location = target.basePath + landing;
    const headers = { ...asBrowser, authorization: `token ${target.token}` };
    const answer = await get(tunnel, location, headers, target.secure ?? false);
    if (answer.status === 404) continue;
    return { location, cookies: answer.cookies.map(forPlainHttp) };
  }
  return { location: target.basePath, cookies: [] };
}

/** Meant for https, it would not be kept: the browser comes by plain HTTP, the TLS is the tunnel's. */
const forPlainHttp = (cookie: string): string => cookie.replace(/; *secure(?=;|$)/i, '');

function redirect(socket: Socket, location: string, cookies: readonly string[]): void {
  sayLast(
    socket,
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
