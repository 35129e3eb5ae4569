/** A key of the agent as the first of two factors: what the server wants besides is asked for, and no other key is tried on it. */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { isRoot } from '../support/account.ts';
import { type Child, run, startChild } from '../support/child.ts';
import { type LoginDesk, secretAnswer, startLoginDesk } from '../support/login-desk.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { createTempDir } from '../support/temp-dir.ts';

const directory = createTempDir('agent-second-factor');
const agentSocket = join(directory.path, 'agent');
const keyFile = (type: string) => join(directory.path, type);
const ssh = (command: string, ...args: string[]) =>
  run(command, args, '', { env: { ...process.env, SSH_AUTH_SOCK: agentSocket } });

let agent: Child;
let sshd: Sshd;
let desk: LoginDesk;

beforeAll(async () => {
  agent = startChild('ssh-agent', ['-D', '-a', agentSocket]);
  await agent.waitFor(/SSH_AUTH_SOCK/);
  sshd = await startSshd({ config: ['UsePAM no', 'AuthenticationMethods publickey,password'] });
  const authorised = sshd.privateKeyFile.replace(/client-key$/, 'authorized_keys');
  for (const type of ['ed25519', 'rsa', 'ecdsa']) {
    await run('ssh-keygen', ['-q', '-t', type, '-N', '', '-f', keyFile(type)]);
    if (type !== 'ecdsa') appendFileSync(authorised, readFileSync(`${keyFile(type)}.pub`));
  }
  desk = await startLoginDesk({ SSH_AUTH_SOCK: agentSocket });
});
afterAll(async () => {
  await desk.live.close();
  await sshd.stop();
  await agent.stop();
  directory.remove();
});
beforeEach(async () => {
  desk.clear();
  await ssh('ssh-add', '-q', '-D');
});

// A real sshd checks passwords against accounts, and only root can make one.
it.skipIf(!isRoot).each(['ed25519', 'rsa'])('one of the type %s', async (type) => {
  await ssh('ssh-add', '-q', keyFile(type));
  await ssh('ssh-add', '-q', keyFile('ecdsa'));
  desk.reply = () => secretAnswer(sshd.password);
  const place = { port: sshd.port, user: sshd.user, login: { kind: 'automatic' } };
  expect(await desk.logIn(place)).toBe('open');
  expect(desk.asked).toMatchObject([{ kind: 'password', rejectedBefore: false }]);
});
