/** What a client of a tunnel gets when there is no way through: a plain page for a browser, a reset for anything else. */
import type { Socket } from 'node:net';
import type { CloudError } from '../../../preload/contract/errors.ts';
import { sayLast } from './say-last.ts';

/** A browser has sent its request by then; other protocols may wait for the server for ever. */
const listenMs = 1000;

export type WordFailure = (failure: CloudError) => string;

/** Never throws. Ends the socket. */
export async function answerFailure(
  socket: Socket,
  failure: CloudError,
  word: WordFailure,
): Promise<void> {
  if (socket.destroyed) return;
  const first = await firstChunk(socket);
  if (socket.destroyed) return;
  if (!/^(GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH) \S+ HTTP\/1/.test(first)) {
    socket.resetAndDestroy();
    return;
  }
  answerInWords(socket, 503, word(failure), first.startsWith('HEAD'));
}

const statusTexts = { 400: 'Bad Request', 503: 'Service Unavailable' } as const;

/** A plain page for a client that speaks HTTP. Ends the socket. */
export function answerInWords(
  socket: Socket,
  status: keyof typeof statusTexts,
  words: string,
  headOnly = false,
): void {
  const body = page(words);
  sayLast(
    socket,
    [
      `HTTP/1.1 ${status} ${statusTexts[status]}`,
      'Content-Type: text/html; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'",
      'Cache-Control: no-store',
      ...(status === 503 ? ['Retry-After: 5'] : []),
      'Connection: close',
      '',
      headOnly ? '' : body,
    ].join('\r\n'),
  );
}

function firstChunk(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    const finish = (text: string) => {
      clearTimeout(timer);
      socket.removeListener('data', take);
      socket.removeListener('close', none);
      socket.removeListener('end', none);
      resolve(text);
    };
    const take = (chunk: Buffer) => finish(chunk.toString('latin1', 0, 200));
    const none = () => finish('');
    const timer = setTimeout(none, listenMs);
    socket.on('data', take);
    socket.on('end', none);
    socket.on('close', none);
    socket.resume();
  });
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function page(reason: string): string {
  const text = reason.replace(/[&<>"]/g, (character) => escapes[character] ?? '');
  return `<!doctype html><meta charset="utf-8"><title>Pilothouse</title><style>
body{font:15px/1.5 system-ui,sans-serif;display:grid;place-items:center;min-height:90vh;margin:0;color:#333;background:#f6f7f8}
main{max-width:32rem;padding:2rem}h1{font-size:1rem;color:#0f8f7f}
@media(prefers-color-scheme:dark){body{color:#ccc;background:#0d1117}}</style>
<main><h1>Pilothouse</h1><p>${text}</p></main>`;
}
