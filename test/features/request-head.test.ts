/** What a client of a tunnel that is down says first: heard as far as it tells a browser from anything else, and no longer. */
import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readRequestHead } from '../../main/features/tunnels/request-head.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => vi.useRealTimers());

const client = () => {
  const said = new PassThrough();
  return { said, head: readRequestHead(said as unknown as Socket) };
};

it.each(['SSH-2.0-OpenSSH_9.2\r\n', '\x16\x03\x01', 'get / HTTP/1.1\r\n', 'TOOLONGAWORD'])(
  'that begins with %j is no HTTP, and is not waited for',
  async (words) => {
    const { said, head } = client();
    said.write(words);
    expect(await head).toBeUndefined();
  },
);

it('that is a request is read to the end of its head, however it is cut', async () => {
  const { said, head } = client();
  for (const piece of ['G', 'ET /lab HT', 'TP/1.1\r\nHost: LocalHost:8888\r\nAcc']) {
    said.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  said.write('ept: text/html\r\n\r\n');
  expect(await head).toEqual({ method: 'GET', host: 'localhost', wantsPage: true });
});

it('that never ends is read so far and no further', async () => {
  const { said, head } = client();
  said.write(`POST / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`);
  expect(await head).toMatchObject({ method: 'POST', wantsPage: false });
});

it('that does not come is waited for a moment', async () => {
  const { said, head } = client();
  said.write('GET');
  await vi.advanceTimersByTimeAsync(1000);
  expect(await head).toBeUndefined();
});
