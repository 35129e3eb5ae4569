/** A server that says neither yes nor no to a password: it is not told it over and over. */
import { createServer, type Server, type Socket } from 'node:net';
import ssh2 from 'ssh2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connect } from '../../main/features/ssh/connect.ts';
import { Connection } from '../../main/features/ssh/connection.ts';
import { createRetrySchedule } from '../../main/features/ssh/retry-schedule.ts';
import { refusal } from '../../preload/contract/errors.ts';
import { createConnectParts, requestFor, type TestConnectParts } from '../support/connect-parts.ts';
import { newKeyPair } from '../support/key-pair.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';

type Answer = 'silence' | 'reset' | 'yes';

let server: Server;
let parts: TestConnectParts;
let connection: Connection;
/** What the server does with one password after the other; with the rest what it did with the last. */
let answers: readonly Answer[];
let passwords: number;

beforeEach(async () => {
  passwords = 0;
  let socket: Socket;
  const ssh = new ssh2.Server({ hostKeys: [newKeyPair().private] }, (client) => {
    const line = socket;
    client.on('error', () => {});
    client.on('authentication', (context) => {
      if (context.method !== 'password') {
        context.reject(['password']);
        return;
      }
      const answer = answers[passwords] ?? answers.at(-1);
      passwords += 1;
      if (answer === 'yes') context.accept();
      if (answer === 'reset') line.resetAndDestroy();
    });
  });
  server = createServer((next) => {
    socket = next;
    ssh.injectSocket(next);
  });
  await listen(server);
  parts = await createConnectParts(({ kind }) =>
    kind === 'host-key' ? { kind: 'trust' } : undefined,
  );
  await parts.vault.save('test/password', 'secret');
  const { access } = requestFor({ port: addressPort(server), user: 'ada' });
  connection = new Connection(
    async (request) => ({
      client: await connect(
        { ...parts.connectParts, loginTimeoutMs: answers.includes('silence') ? 1000 : 60_000 },
        { ...request, access },
      ),
      whyLost: () => refusal('network', 'ssh-connection-closed'),
    }),
    () => {},
    createRetrySchedule(
      () => true,
      () => 0,
    ),
  );
});
afterEach(async () => {
  connection.close();
  parts.remove();
  await closeServer(server);
});

const acquire = () => {
  const { access: _way, ...request } = requestFor({ port: 22, user: 'ada' });
  return connection.acquirePersistently(request, () => {});
};

it.each<Answer>(['silence', 'reset'])(
  '%s is taken for bad luck once, then a person decides',
  async (answer) => {
    answers = [answer];
    const refused = { code: 'unauthenticated', rule: { id: 'ssh-secret-unanswered' } };
    await expect(acquire()).rejects.toMatchObject(refused);
    expect(passwords).toBe(2);
  },
);

it('is let off with it that says yes the next time', async () => {
  answers = ['reset', 'yes'];
  const { client } = await acquire();
  expect(passwords).toBe(2);
  client.destroy();
});
