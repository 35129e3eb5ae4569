/** First words that were heard in advance are still there for whoever serves the client. */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { peek } from '../../main/features/tunnels/peek.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';

let server: Server;
let client: Socket;
let served: Socket;

beforeEach(async () => {
  server = createServer({ pauseOnConnect: true, allowHalfOpen: true });
  await listen(server);
  client = connect({ port: addressPort(server), host: '127.0.0.1', allowHalfOpen: true });
  [served] = (await once(server, 'connection')) as [Socket];
});
afterEach(async () => {
  client.destroy();
  served.destroy();
  await closeServer(server);
});

const never = new AbortController().signal;

async function everything(): Promise<string> {
  let text = '';
  served.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  served.resume();
  await once(served, 'end');
  return text;
}

it('what a client said first is heard once more, with all that followed', async () => {
  client.write('first ');
  expect((await peek(served, never))?.toString()).toBe('first ');
  client.end('and last');
  expect(await everything()).toBe('first and last');
});

it('given up, it takes nothing', async () => {
  const abort = new AbortController();
  const heard = peek(served, abort.signal);
  abort.abort();
  expect(await heard).toBeUndefined();
  client.end('all of it');
  expect(await everything()).toBe('all of it');
});

it.each(['the end', 'a reset'])('%s without a word is nothing', async (what) => {
  served.on('error', () => {});
  const heard = peek(served, never);
  if (what === 'the end') client.end();
  else client.resetAndDestroy();
  expect(await heard).toBeUndefined();
});
