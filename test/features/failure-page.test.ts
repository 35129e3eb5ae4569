/** What the port of a tunnel that is down answers to whom. */
import { connect, createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createTexts } from '../../main/core/texts.ts';
import { answerFailure } from '../../main/features/tunnels/failure-page.ts';
import { CloudError, refusal } from '../../preload/contract/errors.ts';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';
import { tunnelOf } from '../support/tunnel-of.ts';

let server: Server | undefined;
afterEach(async () => {
  if (server) await closeServer(server);
  server = undefined;
});

const waitedInVain = refusal('timeout', 'tunnel-down');
const lost = refusal('network', 'ssh-keepalive-lost', { seconds: 45 }).toFailure();
const down: Partial<Tunnel> = {
  state: 'reconnecting',
  instanceName: 'gpu <7>',
  since: new Date().toISOString(),
  lastFailure: lost,
};

interface Answered {
  readonly head: string;
  readonly body: string;
}

/** What a client that sends these pieces, one after the other, gets before the end; empty: a reset. */
async function ask(pieces: readonly string[], view: Partial<Tunnel> = down): Promise<Answered> {
  const tunnel = tunnelOf(view);
  server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    const { lastFailure, leftToPerson } = tunnel;
    const failure = leftToPerson && lastFailure ? CloudError.from(lastFailure) : waitedInVain;
    void answerFailure(
      socket,
      failure,
      () => tunnel,
      () => createTexts('en'),
    );
  });
  await listen(server);
  const client = connect(addressPort(server), '127.0.0.1');
  let text = '';
  client.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const over = new Promise<void>((resolve) => {
    client.on('error', () => {});
    client.on('close', () => resolve());
  });
  for (const piece of pieces) {
    await new Promise((sent) => client.write(piece, sent));
  }
  await over;
  const [head = '', ...rest] = text.split('\r\n\r\n');
  return { head, body: rest.join('\r\n\r\n') };
}

const navigation = (method = 'GET', host = '127.0.0.1:8888') =>
  `${method} /lab?token=secret HTTP/1.1\r\nHost: ${host}\r\nSec-Fetch-Mode: navigate\r\nAccept: text/html\r\n\r\n`;

it('tells a browser the state, since when and why, and has it ask again by itself', async () => {
  const { head, body } = await ask([navigation()]);
  expect(head).toMatch(/^HTTP\/1\.1 503 /);
  expect(head).toMatch(/\r\nRefresh: 3(\r\n|$)/);
  expect(head).toMatch(/\r\nCache-Control: no-store/);
  expect(body).toContain('The line to gpu &lt;7&gt; is being restored');
  expect(body).toMatch(/reconnecting<\/b> since \d\d:\d\d:\d\d/);
  expect(body).toContain('The server stopped answering for 45 seconds.');
  expect(head + body).not.toMatch(/script|secret|\/lab/);
});

it('asks again more seldom the longer it lasts', async () => {
  const afterAnHour = { ...down, since: new Date(Date.now() - 3_600_000).toISOString() };
  expect((await ask([navigation()], afterAnHour)).head).toMatch(/\r\nRefresh: 20\r\n/);
});

it('hears a browser out whose request comes in pieces', async () => {
  const request = navigation();
  expect((await ask([request.slice(0, 30), request.slice(30)])).head).toMatch(/\r\nRefresh: /);
});

it('never has a browser send anything a second time', async () => {
  const { head, body } = await ask([navigation('POST')]);
  expect(head).not.toMatch(/Refresh/);
  expect(body).toContain('What this page sent did not arrive.');
});

it.each([
  'GET /api HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n',
  'GET /api HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nSec-Fetch-Mode: cors\r\n\r\n',
  'GET /simple/numpy/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01\r\n\r\n',
])('gives a program a line it can print: %j', async (request) => {
  const { head, body } = await ask([request]);
  expect(head).toContain('Content-Type: text/plain');
  expect(head).not.toMatch(/Refresh/);
  expect(body).toBe('Pilothouse: The server stopped answering for 45 seconds.\n');
});

it('says who has to do what where it does not come back by itself, and then goes on', async () => {
  const changed = refusal('forbidden', 'host-key-revoked', { fingerprint: 'SHA256:x' });
  const over = {
    ...down,
    state: 'failed',
    lastFailure: changed.toFailure(),
    leftToPerson: true,
  } as const;
  const { head, body } = await ask([navigation()], over);
  expect(head).toMatch(/\r\nRefresh: /);
  expect(body).toContain('SHA256:x is marked as revoked.');
  expect(body).toContain('The tunnel does not come back by itself.');
  expect(body).toContain('press Try again on this tunnel.');
  expect(body).toContain('Then this page goes on by itself.');
  // The page can be asked for; the tunnel is not tried.
  expect(body).not.toContain('Try now');
  expect(body).not.toContain('appears by itself');
});

it('says that nothing is tried until the operator answers', async () => {
  const refused = refusal('unauthenticated', 'ssh-needs-answer').toFailure();
  const asks = { ...down, state: 'needs-user', lastFailure: refused, leftToPerson: true } as const;
  const { body } = await ask([navigation()], asks);
  expect(body).toContain('The tunnel does not come back by itself: nothing is tried until you');
  expect(body).toContain('press Answer on this tunnel.');
  const posted = await ask([navigation('POST')], asks);
  expect(posted.body).toContain('press Answer on this tunnel.');
  expect(posted.body).toContain('What this page sent did not arrive.');
  expect(posted.body).not.toContain('goes on by itself');
});

it('promises no return that depends on a person to others either', async () => {
  const over = { ...down, state: 'failed', leftToPerson: true } as const;
  const { body } = await ask([navigation('GET', 'rebound.example:8888')], over);
  expect(body).toContain('It does not come back by itself');
  expect(body).not.toMatch(/gpu|answering|appears by itself/);
});

it('does not wait for a tunnel that is up', async () => {
  const { body } = await ask([navigation()], { ...down, state: 'up' });
  expect(body).toContain('it asks again by itself');
});

it('gives HEAD no body', async () => {
  const { head, body } = await ask(['HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n']);
  expect(head).toMatch(/^HTTP\/1\.1 503 /);
  expect(body).toBe('');
});

it('tells a page that made up a name for this machine nothing of the operator’s', async () => {
  const { head, body } = await ask([navigation('GET', 'rebound.example:8888')]);
  expect(head).toMatch(/\r\nRefresh: /);
  expect(body).toContain('Port 8888 has no connection just now');
  expect(body).not.toMatch(/gpu|answering/);
});

it.each(['\x16\x03\x01\x02\x00\x01', 'SSH-2.0-client\r\n', 'GETTING nowhere\r\n\r\n'])(
  'resets what is no HTTP: %j',
  async (words) => {
    expect(await ask([words])).toEqual({ head: '', body: '' });
  },
);
