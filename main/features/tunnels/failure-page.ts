/** What a client of a tunnel gets when there is no way through: a page for a browser, a line for other HTTP, a reset for anything else. */
import { isIP, type Socket } from 'node:net';
import { CloudError } from '../../../preload/contract/errors.ts';
import type { Tunnel as TunnelView } from '../../../preload/contract/tunnels.ts';
import type { Texts } from '../../core/texts.ts';
import { isLoopback } from './bind-address.ts';
import { type RequestHead, readRequestHead } from './request-head.ts';
import { sayLast } from './say-last.ts';
import { renderTunnelPage, type TunnelPage } from './tunnel-page.ts';

/** Never throws. Ends the socket. @param view the tunnel as it is by now */
export async function answerFailure(
  socket: Socket,
  failure: CloudError,
  view: () => TunnelView,
  texts: () => Texts,
): Promise<void> {
  if (socket.destroyed) return;
  const head = await readRequestHead(socket);
  if (socket.destroyed) return;
  if (!head) {
    socket.resetAndDestroy();
    return;
  }
  const tunnel = view();
  const reason = texts().failure(reasonOf(failure, tunnel).toFailure());
  if (!head.wantsPage) {
    const isOurs = isAtThisMachine(socket, head);
    answer(socket, 503, 'text/plain', isOurs ? `Pilothouse: ${reason}\n` : 'Pilothouse\n', head);
    return;
  }
  const isOurs = isAtThisMachine(socket, head);
  const page = isOurs ? pageFor(tunnel, reason, texts()) : pageForStrangers(tunnel, texts());
  // Only what can be asked twice is asked again; the rest would be sent a second time, or get lost without a word.
  const asksAgain = head.method === 'GET';
  const again = asksAgain && {
    again: {
      afterSeconds: secondsToNext(tunnel),
      word: texts().tunnelPage(tunnel.leftToPerson ? 'lookAgain' : 'again'),
    },
  };
  const advice = adviceOf(tunnel, isOurs, asksAgain).map((key) => texts().tunnelPage(key));
  answer(socket, 503, 'text/html', { ...page, ...again, advice }, head);
}

/** What is to be done, by whom, and what happens then. */
function adviceOf(
  { state, leftToPerson }: TunnelView,
  isOurs: boolean,
  asksAgain: boolean,
): readonly string[] {
  const then = asksAgain ? 'goesOn' : 'unsent';
  if (leftToPerson && !isOurs) return asksAgain ? ['leftToOwner'] : ['leftToOwner', then];
  if (leftToPerson) return [state === 'needs-user' ? 'answer' : 'tryAgain', then];
  if (!asksAgain) return [then];
  return [state === 'up' && isOurs ? 'asksAgain' : 'comesBack'];
}

/** A browser at a port that is a proxy. Ends the socket. */
export function answerAtProxy(socket: Socket, failure: CloudError, texts: Texts): void {
  const { language } = texts;
  const heading = texts.tunnelPage('heading.proxy');
  const reason = texts.failure(failure.toFailure());
  answer(socket, 400, 'text/html', { language, heading, reason });
}

const statusTexts = { 400: 'Bad Request', 503: 'Service Unavailable' } as const;

function answer(
  socket: Socket,
  status: keyof typeof statusTexts,
  type: 'text/html' | 'text/plain',
  what: TunnelPage | string,
  head?: RequestHead,
): void {
  const body = typeof what === 'string' ? what : renderTunnelPage(what);
  const again = typeof what === 'string' ? undefined : what.again;
  sayLast(
    socket,
    [
      `HTTP/1.1 ${status} ${statusTexts[status]}`,
      `Content-Type: ${type}; charset=utf-8`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
      'X-Content-Type-Options: nosniff',
      'Referrer-Policy: no-referrer',
      'Cache-Control: no-store',
      ...(status === 503 ? [`Retry-After: ${again?.afterSeconds ?? 5}`] : []),
      // The same address again: nothing of it stands in the page.
      ...(again ? [`Refresh: ${again.afterSeconds}`] : []),
      'Connection: close',
      '',
      head?.method === 'HEAD' ? '' : body,
    ].join('\r\n'),
  );
}

function pageFor(view: TunnelView, reason: string, texts: Texts): TunnelPage {
  const { state, since, instanceName, localPort, remoteHost, remotePort } = view;
  const word = texts.tunnelPage;
  const asked = state === 'needs-user';
  const known = state === 'connecting' || state === 'reconnecting' || asked;
  const host = isLoopback(remoteHost) ? instanceName : remoteHost;
  return {
    language: texts.language,
    heading: word(`heading.${known ? state : 'failed'}`, { instance: instanceName }),
    // A way through that is up, and yet refused this one, is in no state to tell of.
    ...((known || state === 'failed') && {
      state: {
        mood: asked ? 'warn' : known ? 'busy' : 'bad',
        word: word(`state.${state}`),
        since: word('since', { at: wordTime(since, texts.language) }),
      },
    }),
    reason,
    route: word('route', { port: localPort, place: `${bracketed(host)}:${remotePort}` }),
  };
}

/** Others who can reach the port, and pages that made up a name for it, learn nothing of the operator's machines. */
const pageForStrangers = ({ localPort }: TunnelView, texts: Texts): TunnelPage => ({
  language: texts.language,
  heading: texts.tunnelPage('heading.stranger', { port: localPort }),
});

const isAtThisMachine = ({ remoteAddress = '' }: Socket, { host }: RequestHead): boolean =>
  isLoopback(remoteAddress.replace(/^::ffff:/, '')) &&
  (host === '' || isLoopback(host.replace(/^\[|\]$/g, '')));

/** That the wait was over says less than what it was spent on. */
function reasonOf(failure: CloudError, { state, lastFailure }: TunnelView): CloudError {
  const isWaiting = failure.rule?.id === 'tunnel-down' && state === 'reconnecting';
  return isWaiting && lastFailure ? CloudError.from(lastFailure) : failure;
}

/** Seldomer the longer it lasts. */
function secondsToNext({ since }: TunnelView): number {
  const minutes = (Date.now() - Date.parse(since)) / 60_000;
  if (minutes < 2) return 3;
  return minutes < 15 ? 8 : 20;
}

const bracketed = (host: string) => (isIP(host) === 6 ? `[${host}]` : host);

/** With the day where it is another, and always the zone. */
function wordTime(iso: string, language: Texts['language']): string {
  const at = new Date(iso);
  const isToday = at.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(language, {
    ...(!isToday && { month: 'short', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(at);
}
