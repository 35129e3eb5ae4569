/** The web host lets in who holds the one-time token, from a loopback page of its own, and nobody else. */
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startWebHost, type WebHost } from '../../main/hosts/web-host.ts';
import type { Channel } from '../../preload/contract/wire.ts';
import { requestRaw } from '../support/http-request.ts';
import { rawClient } from '../support/raw-client.ts';
import { createTempDir, type TempDir } from '../support/temp-dir.ts';

/** Word for word: a change here is a decision. */
const policy =
  "default-src 'none'; script-src 'self'; style-src-elem 'self' 'unsafe-inline'; " +
  "style-src-attr 'none'; img-src 'self' data: blob:; font-src 'self'; worker-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

let directory: TempDir;
let host: WebHost;
let channels: Channel[];
beforeEach(async () => {
  directory = createTempDir('web-host');
  const page = join(directory.path, 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Pilothouse</title>');
  writeFileSync(join(page, 'assets/main.js'), 'start();');
  writeFileSync(join(page, '.hidden'), 'hidden');
  writeFileSync(join(directory.path, 'settings.json'), 'private');
  channels = [];
  host = await startWebHost({
    port: 0,
    directory: page,
    onChannel: (channel) => channels.push(channel),
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await host.close();
  directory.remove();
});

const tokenOf = (link: string) => new URLSearchParams(new URL(link).hash.slice(1)).get('token');
const ownOrigin = () => `http://127.0.0.1:${host.port}`;

function openSocket(headers: Readonly<Record<string, string>> = { origin: ownOrigin() }) {
  return new WebSocket(`ws://127.0.0.1:${host.port}/channel`, { headers });
}

/** Shows something as the first message. @returns the answer, or how the socket was closed */
async function introduce(first: unknown): Promise<{ key?: string; refused?: true }> {
  const socket = openSocket();
  await once(socket, 'open');
  socket.send(first instanceof Uint8Array ? first : JSON.stringify(first));
  const [answer] = await once(socket, 'message');
  return JSON.parse(String(answer));
}

/** @returns the status an upgrade is refused with */
async function refusedUpgrade(headers: Readonly<Record<string, string>>): Promise<number> {
  const socket = openSocket(headers);
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  return response.statusCode;
}

describe('the token', () => {
  test('is exchanged for a key, and the key opens channels', async () => {
    const { key } = await introduce({ token: tokenOf(host.newLink()) });
    expect(key).toMatch(/^\S{40,}$/);
    expect(await introduce({ key })).toEqual({ key });
    expect(channels).toHaveLength(2);
  });

  test('works once', async () => {
    const token = tokenOf(host.newLink());
    await introduce({ token });
    expect(await introduce({ token })).toEqual({ refused: true });
    expect(channels).toHaveLength(1);
  });

  test('works once even when shown twice at the same moment', async () => {
    const token = tokenOf(host.newLink());
    const answers = await Promise.all([introduce({ token }), introduce({ token })]);
    expect(answers.filter(({ key }) => key)).toHaveLength(1);
  });

  test('stops working when a newer link is made, and is never the same', async () => {
    const old = tokenOf(host.newLink());
    const next = tokenOf(host.newLink());
    expect(next).not.toBe(old);
    expect(await introduce({ token: old })).toEqual({ refused: true });
    expect(await introduce({ token: next })).toHaveProperty('key');
  });

  test.each<[string, unknown]>([
    ['a wrong token', { token: 'x'.repeat(43) }],
    ['an empty token', { token: '' }],
    ['no token', {}],
    ['null', null],
    ['a wrong key', { key: 'y'.repeat(43) }],
    ['the token as a key', 'token-as-key'],
    ['both', { token: 'a', key: 'b' }],
    ['a very long token', { token: 'x'.repeat(10_000) }],
    ['bytes', Uint8Array.of(1, 2, 3)],
  ])('%s is refused and opens nothing', async (_name, first) => {
    const token = tokenOf(host.newLink());
    const shown = first === 'token-as-key' ? { key: token } : first;
    expect(await introduce(shown)).toEqual({ refused: true });
    expect(channels).toHaveLength(0);
  });
});

describe('a session', () => {
  test('ends for every page when the keys are revoked', async () => {
    const socket = openSocket();
    await once(socket, 'open');
    socket.send(JSON.stringify({ token: tokenOf(host.newLink()) }));
    const [welcome] = await once(socket, 'message');
    host.revokeAll();
    await once(socket, 'close');
    const { key } = JSON.parse(String(welcome));
    expect(await introduce({ key })).toEqual({ refused: true });
  });

  test('is one of few: the oldest of many keys stops working', async () => {
    const { key: first } = await introduce({ token: tokenOf(host.newLink()) });
    for (let count = 0; count < 16; count += 1) await introduce({ token: tokenOf(host.newLink()) });
    expect(await introduce({ key: first })).toEqual({ refused: true });
  });

  test('a socket that shows nothing is closed after two seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const socket = openSocket();
    await once(socket, 'open');
    const closed = once(socket, 'close');
    vi.advanceTimersByTime(1999);
    // Were it closed by now, nothing that is said would come back.
    socket.ping();
    await once(socket, 'pong');
    vi.advanceTimersByTime(1);
    expect(await closed).toEqual([4002, Buffer.from('silent')]);
    expect(channels).toHaveLength(0);
  });
});

test('a token that is shown too late is not spent', async () => {
  const token = tokenOf(host.newLink());
  const client = await rawClient(host.port);
  client.say(
    [
      'GET /channel HTTP/1.1',
      `Host: 127.0.0.1:${host.port}`,
      `Origin: ${ownOrigin()}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`,
      '\r\n',
    ].join('\r\n'),
  );
  const closing = Buffer.concat([
    Buffer.from([0x88, 8, 4002 >> 8, 4002 & 0xff]),
    Buffer.from('silent'),
  ]);
  for (let heard = Buffer.alloc(0); !heard.includes(closing); ) {
    heard = Buffer.from(await client.hear(heard.length + 1));
  }
  // A frame of text as a browser sends it, under a mask that changes nothing.
  const words = Buffer.from(JSON.stringify({ token }));
  client.say(Buffer.concat([Buffer.from([0x81, 0x80 | words.length, 0, 0, 0, 0]), words]));
  client.say(Buffer.from([0x88, 0x80, 0, 0, 0, 0]));
  await client.rest();
  expect(channels).toHaveLength(0);
  expect(await introduce({ token })).toHaveProperty('key');
});

describe('where a request comes from', () => {
  test.each(['attacker.example', 'attacker.example:80', '127.0.0.1.attacker.example', '10.0.0.5'])(
    'the Host %s is misdirected',
    async (name) => {
      expect((await requestRaw(host.port, '/', { host: name })).status).toBe(421);
      expect(await refusedUpgrade({ host: name, origin: `http://${name}` })).toBe(421);
    },
  );

  test.each(['127.0.0.1:9000', 'localhost:9000', '[::1]:9000'])(
    'the Host %s is ours, so that ssh -L works',
    async (name) => {
      expect((await requestRaw(host.port, '/', { host: name })).status).toBe(200);
      const socket = openSocket({ host: name, origin: `http://${name}` });
      await once(socket, 'open');
      socket.terminate();
    },
  );

  test.each<[string, (port: number) => string]>([
    ['another site', () => 'http://attacker.example'],
    ['a tunnelled server, another port of this name', (port) => `http://127.0.0.1:${port + 1}`],
    ['another loopback name', (port) => `http://localhost:${port}`],
    ['another scheme', (port) => `https://127.0.0.1:${port}`],
    ['a sandboxed frame', () => 'null'],
  ])('the Origin of %s is refused', async (_name, origin) => {
    const foreign = origin(host.port);
    expect((await requestRaw(host.port, '/', { origin: foreign })).status).toBe(421);
    expect(await refusedUpgrade({ origin: foreign })).toBe(421);
  });

  test('an upgrade without an Origin is refused: no browser sends one', async () => {
    expect(await refusedUpgrade({})).toBe(421);
  });

  test('an upgrade at another path is refused', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/other`, { origin: ownOrigin() });
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    expect(response.statusCode).toBe(421);
  });
});

describe('files', () => {
  const everyPath = ['/', '/assets/main.js', '/missing', '/..%2fsettings.json'];

  test.each(everyPath)('%s carries the policy and never a cookie', async (path) => {
    const { headers } = await requestRaw(host.port, path);
    expect(headers['content-security-policy']).toBe(policy);
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('an upgrade sets no cookie either', async () => {
    const socket = openSocket();
    const [response] = await once(socket, 'upgrade');
    expect(response.headers['set-cookie']).toBeUndefined();
    socket.terminate();
  });

  test.each([
    '/../settings.json',
    '/assets/../../settings.json',
    '/..%2fsettings.json',
    '/%2e%2e/settings.json',
    '/%2e%2e%2fsettings.json',
    '/..%5csettings.json',
    '//settings.json',
    '/assets/..%00/settings.json',
    '/%c0%ae%c0%ae/settings.json',
    '/.hidden',
  ])('%s leads nowhere', async (path) => {
    const { status, body } = await requestRaw(host.port, path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).not.toMatch(/private|hidden/);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'CONNECT-ish'])(
    'the method %s is refused',
    async (method) => {
      const refused = requestRaw(host.port, '/', {}, method).then(({ status }) => status);
      expect(await refused).toBeGreaterThanOrEqual(400);
    },
  );

  test('the link stands on 127.0.0.1 with the token in the fragment, which no server is sent', () => {
    const link = host.newLink();
    expect(link).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${host.port}/#token=\\S+$`));
  });
});

describe('the port', () => {
  test('in use is refused with its number', async () => {
    const second = startWebHost({ port: host.port, directory: directory.path, onChannel() {} });
    await expect(second).rejects.toMatchObject({
      code: 'conflict',
      rule: { id: 'port-in-use', params: { port: host.port } },
    });
  });
});
