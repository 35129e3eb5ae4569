/** Keys an agent offers that cannot be used here: named when the login fails, never in the way of those that can. */
import { writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { SshLogin } from '../../main/clouds/cloud.ts';
import { listAgentStrangers } from '../../main/features/ssh/agent-strangers.ts';
import { connect } from '../../main/features/ssh/connect.ts';
import type { CloudError } from '../../preload/contract/errors.ts';
import { run, startChild } from '../support/child.ts';
import { createConnectParts, requestFor, type TestConnectParts } from '../support/connect-parts.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { createTempDir } from '../support/temp-dir.ts';

const directory = createTempDir('strangers');
const socketPath = join(directory.path, 'agent');
const securityKey = 'sk-ssh-ed25519@openssh.com';
let sshd: Sshd;
let parts: TestConnectParts;
let agent: Server | undefined;

beforeAll(async () => {
  sshd = await startSshd({ config: ['PasswordAuthentication no'] });
  parts = await createConnectParts(({ kind }) =>
    kind === 'host-key' ? { kind: 'trust' } : undefined,
  );
});
afterEach(async () => {
  const served = agent;
  agent = undefined;
  if (served) await new Promise((resolve) => served.close(resolve));
});
afterAll(async () => {
  await sshd.stop();
  parts.remove();
  directory.remove();
});

const text = (content: string | Buffer): Buffer => {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** A public half of that type, and what the agent calls it. */
const identity = (type: string, name: string): Buffer =>
  Buffer.concat([text(Buffer.concat([text(type), text('public half')])), text(name)]);

function answering(...identities: readonly Buffer[]): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(identities.length);
  return text(Buffer.concat([Buffer.from([12]), count, ...identities]));
}

/** An agent that says the same to everything. */
function startAgent(respond: (socket: Socket) => void): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => respond(socket));
  });
  agent = server;
  return new Promise((resolve) => server.listen(socketPath, resolve));
}

const automatic: SshLogin = { kind: 'automatic', passwordId: 'test/password' };

const logIn = (agentSocket: string | undefined, login: SshLogin = automatic) =>
  connect(
    { ...parts.connectParts, agentSocket },
    requestFor({ port: sshd.port, user: sshd.user, login }),
  ).then(
    (client) => {
      client.end();
      return undefined;
    },
    (error: CloudError) => error.rule,
  );

it('a security key in the agent is named when nothing else lets in', async () => {
  await startAgent((socket) => {
    socket.write(answering(identity(securityKey, 'ada’s \u202etoken')));
  });
  expect(await logIn(socketPath)).toMatchObject({
    id: 'ssh-auth-strange-keys',
    params: { user: sshd.user, keys: `ada’s token (${securityKey})` },
  });
});

it('a certificate in OpenSSH’s own agent is named too, and is in nobody’s way', async () => {
  const ownSocket = join(directory.path, 'own-agent');
  const own = startChild('ssh-agent', ['-D', '-a', ownSocket]);
  try {
    await own.waitFor(/SSH_AUTH_SOCK/);
    const file = (name: string) => join(directory.path, name);
    const withAgent = { env: { ...process.env, SSH_AUTH_SOCK: ownSocket } };
    for (const name of ['authority', 'ada']) {
      await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file(name)]);
    }
    await run('ssh-keygen', ['-q', '-s', file('authority'), '-I', 'ada', file('ada.pub')]);
    await run('ssh-add', ['-q', file('ada')], '', withAgent);
    expect(await listAgentStrangers(ownSocket)).toEqual(['ada (ssh-ed25519-cert-v01@openssh.com)']);
    expect((await logIn(ownSocket))?.id).toBe('ssh-auth-strange-keys');
    await run('ssh-add', ['-q', sshd.privateKeyFile], '', withAgent);
    expect(await logIn(ownSocket)).toBeUndefined();
  } finally {
    await own.stop();
  }
});

it('the file of a security key that is named for the host is named as well', async () => {
  const path = join(directory.path, 'id_token');
  const none = text('none');
  const count = Buffer.from([0, 0, 0, 1]);
  const publicHalf = text(Buffer.concat([text(securityKey), text('half'), text('ssh:')]));
  const bytes = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...[none, none, text(''), count, publicHalf, text('private half')],
  ]);
  const [begin, end] = ['BEGIN', 'END'].map((word) => `-----${word} OPENSSH PRIVATE KEY-----`);
  writeFileSync(path, `${begin}\n${bytes.toString('base64')}\n${end}\n`);
  const rule = await logIn(undefined, {
    kind: 'identities',
    files: [path],
    agent: false,
    passwordId: 'test/password',
  });
  expect(rule).toMatchObject({
    id: 'ssh-auth-strange-keys',
    params: { keys: `${path} (${securityKey})` },
  });
});

it.each([
  ['nothing of use', Buffer.from([0, 0, 0, 1, 5])],
  ['lengths that lie', text(Buffer.from([12, 0, 0, 0, 9, 0xff, 0xff, 0xff, 0xff]))],
  ['the end', undefined],
] as const)('an agent that answers with %s is as good as none', async (_what, answer) => {
  await startAgent((socket) => (answer ? socket.write(answer) : socket.destroy()));
  expect(await listAgentStrangers(socketPath)).toEqual([]);
  expect(await listAgentStrangers(join(directory.path, 'no-agent'))).toEqual([]);
});
