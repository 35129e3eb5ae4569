/** TLS spoken over a channel: nothing of it stays open when either end is gone. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server as HttpsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import type ssh2 from 'ssh2';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { connect } from '../../main/features/ssh/connect.ts';
import { openChannel } from '../../main/features/tunnels/open-channel.ts';
import { secureEnd } from '../../main/features/tunnels/secure-end.ts';
import { createConnectParts, requestFor, type TestConnectParts } from '../support/connect-parts.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';
import { createSelfSigned } from '../support/self-signed.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';

let sshd: Sshd;
let parts: TestConnectParts;
let client: ssh2.Client;
let web: HttpsServer;
const wholeLength = 3_000_000;

beforeAll(async () => {
  sshd = await startSshd();
  parts = await createConnectParts(({ kind }) =>
    kind === 'host-key' ? { kind: 'trust' } : undefined,
  );
  const { certificate: cert, privateKey: key } = createSelfSigned();
  web = createServer({ cert, key }, ({ url }, response) => {
    if (url === '/whole') response.end('x'.repeat(wholeLength));
    else response.write('begun');
  });
  await listen(web);
  writeFileSync(join(parts.homeDirectory, '.ssh/id_ed25519'), sshd.privateKey, { mode: 0o600 });
  client = await connect(
    parts.connectParts,
    requestFor({
      port: sshd.port,
      user: sshd.user,
      login: { kind: 'automatic', passwordId: 'test/password' },
    }),
  );
});
afterAll(async () => {
  client.end();
  web.closeAllConnections();
  await closeServer(web);
  await sshd.stop();
  parts.remove();
});

const connections = () =>
  new Promise((resolve) => web.getConnections((_error, count) => resolve(count)));

async function open() {
  const port = addressPort(web);
  return secureEnd(await openChannel(client, '127.0.0.1', port), '127.0.0.1', port);
}

async function openInTheMiddle() {
  const end = await open();
  end.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(end, 'data');
  return end;
}

it('is closed at the far end when it is closed here, in the middle of an answer', async () => {
  const end = await openInTheMiddle();
  expect(await connections()).toBe(1);
  end.close();
  await expect.poll(connections).toBe(0);
});

it('gives all of an answer to one who reads slowly, and ends without an error', async () => {
  const end = await open();
  end.write('GET /whole HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  let body = 0;
  for await (const chunk of end) {
    body += (chunk as Buffer).toString('latin1').split('x').length - 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(body).toBe(wholeLength);
  await expect.poll(connections).toBe(0);
});

it('tells here that the far end is gone', async () => {
  const end = await openInTheMiddle();
  const ended = once(end, 'end');
  web.closeAllConnections();
  await ended;
  // As `join` does for a client that heard of it.
  const closed = once(end, 'close');
  end.end();
  await closed;
});

it('says that the far end speaks no TLS, and leaves nothing behind', async () => {
  const channel = await openChannel(client, '127.0.0.1', sshd.port);
  const closed = once(channel, 'close');
  await expect(secureEnd(channel, '127.0.0.1', sshd.port)).rejects.toMatchObject({
    rule: { id: 'tunnel-tls-failed' },
  });
  await closed;
});

it('blames TLS for no silence: a server that says nothing may be busy', async () => {
  const silent = createTcpServer((socket) => socket.on('error', () => {}).resume());
  await listen(silent);
  const port = addressPort(silent);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const channel = await openChannel(client, '127.0.0.1', port);
    const failure = secureEnd(channel, '127.0.0.1', port).catch((error) => error);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await failure).toMatchObject({
      code: 'timeout',
      rule: { id: 'tunnel-tls-silent', params: { port } },
    });
  } finally {
    vi.useRealTimers();
    await closeServer(silent);
  }
});
