/** Channels a server opens towards us that nobody asked for: each is refused, however many there are, and the line lives on. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connect } from '../../main/features/ssh/connect.ts';
import { createForwardedPorts } from '../../main/features/tunnels/forwarded-ports.ts';
import { createConnectParts, requestFor, type TestConnectParts } from '../support/connect-parts.ts';
import { newKeyPair } from '../support/key-pair.ts';
import { addressPort } from '../support/listening.ts';

type Opened = (error: Error | undefined) => void;
/** What ssh2's own server has, though its types do not tell of it. */
interface Insides {
  readonly _chanMgr: { add(opened: Opened): number };
  readonly _protocol: { openssh_authAgent(channel: number, window: number, packet: number): void };
  x11(address: string, port: number, opened: Opened): void;
  openssh_forwardOutStreamLocal(path: string, opened: Opened): void;
}

let server: ssh2.Server;
let theirs: ssh2.Connection;
let client: ssh2.Client;
let parts: TestConnectParts;
/** Whoever asked this machine's agent for something. */
let agentCalls = 0;
const agent = createServer((socket) => {
  agentCalls += 1;
  socket.destroy();
});

beforeEach(async () => {
  parts = await createConnectParts(({ kind }) =>
    kind === 'host-key' ? { kind: 'trust' } : undefined,
  );
  await parts.vault.save('test/password', 'secret');
  const agentSocket = join(parts.homeDirectory, 'agent');
  agent.listen(agentSocket);
  await once(agent, 'listening');
  server = new ssh2.Server({ hostKeys: [newKeyPair().private] }, (connection) => {
    theirs = connection;
    connection.on('error', () => {});
    connection.on('authentication', (context) =>
      context.method === 'password' ? context.accept() : context.reject(['password']),
    );
    connection.on('request', (accept) => accept?.());
    connection.on('session', (accept) => accept().on('exec', (take) => take().end()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const request = requestFor({ port: addressPort(server), user: 'ada' });
  client = await connect(
    { ...parts.connectParts, agentSocket },
    { ...request, forwardAgent: true },
  );
});
afterEach(async () => {
  client.destroy();
  server.close();
  agent.close();
  parts.remove();
});

const insides = () => theirs as unknown as Insides;
const forwarded = (port: number, opened: Opened) =>
  theirs.forwardOut('localhost', port, '192.0.2.1', 5000, opened);
const agentChannel = (opened: Opened) =>
  insides()._protocol.openssh_authAgent(insides()._chanMgr.add(opened), 65_536, 32_768);
const outcome = (open: (opened: Opened) => void): Promise<string> =>
  new Promise((resolve) => open((error) => resolve(error ? 'refused' : 'opened')));

const livesOn = () =>
  new Promise<void>((resolve, reject) =>
    client.exec('true', (error) => (error ? reject(error) : resolve())),
  );

it.each<[string, (opened: Opened) => void]>([
  ['a connection to a port nobody asked for', (opened) => forwarded(4000, opened)],
  ['a connection to port 0', (opened) => forwarded(0, opened)],
  ['a window of X11', (opened) => insides().x11('192.0.2.1', 6000, opened)],
  ['a socket', (opened) => insides().openssh_forwardOutStreamLocal('/run/agent', opened)],
  ['this machine’s agent, though no shell asked to lend it', agentChannel],
])('%s', async (_what, open) => {
  expect(await outcome(open)).toBe('refused');
  expect(agentCalls).toBe(0);
  await livesOn();
});

it('thousands of them', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 3000 }, (_, index) => outcome((opened) => forwarded(index + 1, opened))),
  );
  expect(new Set(outcomes)).toEqual(new Set(['refused']));
  await livesOn();
});

it('another port than the one that was asked for, and that one once it is given back', async () => {
  const ports = createForwardedPorts();
  let arrived = 0;
  await ports.open(client, 'localhost', 4000, ({ reject }) => {
    arrived += 1;
    reject();
  });
  expect(await outcome((opened) => forwarded(4001, opened))).toBe('refused');
  expect(arrived).toBe(0);
  await outcome((opened) => forwarded(4000, opened));
  expect(arrived).toBe(1);
  ports.close(client, 'localhost', 4000);
  expect(await outcome((opened) => forwarded(4000, opened))).toBe('refused');
  expect(arrived).toBe(1);
  await livesOn();
});
