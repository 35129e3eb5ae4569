/** Who may use a notebook service: the token in a header or an address, or the cookie it gave for one. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface NotebookAuth {
  isToken(text: string): boolean;
  isTokenGiven(request: IncomingMessage, url: URL): boolean;
  isSignedIn(request: IncomingMessage, url: URL): boolean;
  /** Named after the host the browser knows, as Jupyter does: cookies ignore ports. */
  cookie(request: IncomingMessage): string;
}

const digest = (text: string) => createHash('sha256').update(text).digest();
const cookieName = (request: IncomingMessage) =>
  `sandbox-notebook-${(request.headers.host ?? '').replace(/[^\w]/g, '-')}`;

export function createNotebookAuth(token: string): NotebookAuth {
  const expected = digest(token);
  const session = digest(`session ${token}`).toString('hex');
  const isToken = (text: string) => timingSafeEqual(digest(text), expected);
  const isTokenGiven = (request: IncomingMessage, url: URL) => {
    const header = /^(?:token|bearer) (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const given = header ?? url.searchParams.get('token');
    return given !== null && isToken(given);
  };
  return {
    isToken,
    isTokenGiven,
    isSignedIn(request, url) {
      if (isTokenGiven(request, url)) return true;
      const name = cookieName(request);
      return (request.headers.cookie ?? '')
        .split(/;\s*/)
        .some((cookie) => timingSafeEqual(digest(cookie), digest(`${name}=${session}`)));
    },
    cookie: (request) => `${cookieName(request)}=${session}; Path=/; HttpOnly; SameSite=Lax`,
  };
}
