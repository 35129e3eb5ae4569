/** Who waits at the port of a tunnel that is down: a browser is told soon, everybody else waits on and loses no word. */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { waitAsBrowser } from '../../main/features/tunnels/browser-patience.ts';
import { closing } from '../../main/features/tunnels/way.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';

let server: Server;
let client: Socket;
let served: Socket;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  server = createServer({ pauseOnConnect: true, allowHalfOpen: true });
  await listen(server);
  client = connect({ port: addressPort(server), host: '127.0.0.1', allowHalfOpen: true });
  client.on('error', () => {});
  [served] = (await once(server, 'connection')) as [Socket];
});
afterEach(async () => {
  vi.useRealTimers();
  client.destroy();
  served.destroy();
  await closeServer(server);
});

/** The tunnel is up once `comeUp` is called. */
function waiting() {
  let comeUp = () => {};
  const wait = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      comeUp = () => resolve('up');
      signal.addEventListener('abort', () => reject(new Error('given up')));
    });
  const outcome = waitAsBrowser(served, closing(served), wait).catch(
    (error) => error.rule?.id ?? error.message,
  );
  return { outcome, comeUp: () => comeUp() };
}

/** What it said is heard, and in the buffer again. */
const heard = () => expect.poll(() => served.readableLength).toBeGreaterThan(0);

async function everything(): Promise<string> {
  let text = '';
  served.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  served.resume();
  if (!served.readableEnded) await once(served, 'end');
  return text;
}

const request = (line: string, accept: string) =>
  `${line} HTTP/1.1\r\nHost: 127.0.0.1:8888\r\nAccept: ${accept}\r\n\r\n`;

it('a browser is told after a moment, and its request can still be read', async () => {
  const words = request('GET /lab', 'text/html,application/xhtml+xml');
  client.end(words);
  const { outcome } = waiting();
  vi.advanceTimersByTime(3000);
  expect(await outcome).toBe('tunnel-down');
  expect(await everything()).toBe(words);
});

it.each([
  ['a program', request('GET /api', '*/*')],
  ['a form that a browser sends', request('POST /login', 'text/html')],
  ['a socket of a page', `GET /ws HTTP/1.1\r\nSec-Fetch-Mode: websocket\r\n\r\n`],
  ['another protocol', 'SSH-2.0-client\r\n'],
  ['a large file', request('PUT /file', '*/*') + 'x'.repeat(1_000_000)],
])('%s waits until it is up, and all it said arrives', async (_who, words) => {
  client.end(words, 'latin1');
  const { outcome, comeUp } = waiting();
  vi.advanceTimersByTime(3000);
  await heard();
  comeUp();
  expect(await outcome).toBe('up');
  expect(await everything()).toBe(words);
});

it('one that lets the server speak first waits too, and speaks then', async () => {
  const { outcome, comeUp } = waiting();
  vi.advanceTimersByTime(3000);
  comeUp();
  expect(await outcome).toBe('up');
  client.end('at last');
  expect(await everything()).toBe('at last');
});

it('nothing of one that left is waited for', async () => {
  const { outcome } = waiting();
  vi.advanceTimersByTime(3000);
  client.resetAndDestroy();
  served.on('error', () => {}).resume();
  expect(await outcome).toBe('given up');
});
