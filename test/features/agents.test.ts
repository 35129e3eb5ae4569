/** The SSH agent: where it is, and its keys shown one by one to a real OpenSSH server, those that are named first. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SshLogin } from '../../main/clouds/cloud.ts';
import { chooseAgent } from '../../main/features/ssh/agents.ts';
import { connect } from '../../main/features/ssh/connect.ts';
import type { CloudError } from '../../preload/contract/errors.ts';
import type { PromptAnswer, PromptQuestion } from '../../preload/contract/prompts.ts';
import { isRoot } from '../support/account.ts';
import { type Child, run, startChild } from '../support/child.ts';
import { createConnectParts, requestFor, type TestConnectParts } from '../support/connect-parts.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { createTempDir } from '../support/temp-dir.ts';

const itAsRoot = it.skipIf(!isRoot);

describe('the agent of this machine', () => {
  const pipes = ['other', 'openssh-ssh-agent', 'pageant.ada.1234'];
  it.each([
    ['linux', { SSH_AUTH_SOCK: '/run/agent' }, [], '/run/agent'],
    ['darwin', { SSH_AUTH_SOCK: '/private/agent' }, [], '/private/agent'],
    ['linux', {}, [], undefined],
    ['linux', { SSH_AUTH_SOCK: '' }, pipes, undefined],
    ['win32', {}, pipes, '\\\\.\\pipe\\openssh-ssh-agent'],
    ['win32', {}, ['pageant.ada.1234'], '\\\\.\\pipe\\pageant.ada.1234'],
    ['win32', {}, [], 'pageant'],
    ['win32', { SSH_AUTH_SOCK: '\\\\.\\pipe\\mine' }, pipes, '\\\\.\\pipe\\mine'],
  ] as const)('on %s with %j and pipes %j is %s', (platform, environment, found, agent) => {
    expect(chooseAgent({ platform, environment, pipes: found })).toBe(agent);
  });
});

describe('keys', () => {
  const directory = createTempDir('agents');
  const agentSocket = join(directory.path, 'agent');
  const file = (name: string) => join(directory.path, name);
  const passphrase = 'CANARY-passphrase';
  let agent: Child;
  let sshd: Sshd;
  let parts: TestConnectParts;
  let answer: (question: PromptQuestion) => PromptAnswer | undefined;
  const ssh = (command: string, ...args: string[]) =>
    run(command, args, '', { env: { ...process.env, SSH_AUTH_SOCK: agentSocket } });

  beforeAll(async () => {
    agent = startChild('ssh-agent', ['-D', '-a', agentSocket]);
    await agent.waitFor(/SSH_AUTH_SOCK/);
    sshd = await startSshd({ config: ['UsePAM no', 'MaxAuthTries 6'] });
    for (let index = 0; index < 8; index += 1) {
      await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(`wrong-${index}`)]);
    }
    copyFileSync(sshd.privateKeyFile, file('right-locked'));
    await run('ssh-keygen', ['-q', '-p', '-P', '', '-N', passphrase, '-f', file('right-locked')]);
  });
  afterAll(async () => {
    await agent.stop();
    await sshd.stop();
    directory.remove();
  });
  beforeEach(async () => {
    answer = () => undefined;
    parts = await createConnectParts((question) => answer(question));
    const hostKey = Buffer.from(sshd.hostPublicKey().split(' ')[1] ?? '', 'base64');
    parts.connectParts.knownHosts.trust(`[127.0.0.1]:${sshd.port}`, hostKey);
  });
  afterEach(async () => {
    await ssh('ssh-add', '-q', '-D');
    parts.remove();
  });

  const identities = (
    files: readonly string[],
    more: Partial<Extract<SshLogin, { kind: 'identities' }>> = {},
  ): SshLogin => ({ kind: 'identities', files, agent: true, passwordId: 'test/password', ...more });
  const addWrong = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      await ssh('ssh-add', '-q', file(`wrong-${index}`));
    }
  };
  const fingerprintOf = async (path: string) =>
    (await run('ssh-keygen', ['-lf', path])).split(' ')[1] ?? '';

  /** @returns `in`, or the rule or code of the failure; and the fingerprints sshd was shown */
  async function logIn(login: SshLogin, more: Parameters<typeof requestFor>[1] = {}) {
    const before = sshd.log().length;
    const outcome = await connect(
      { ...parts.connectParts, agentSocket },
      requestFor({ port: sshd.port, user: sshd.user, login }, more),
    ).then(
      (client) => {
        client.end();
        return 'in';
      },
      (error: CloudError) => error.rule?.id ?? error.code,
    );
    const logged = () => sshd.log().slice(before);
    // To its end: the last words about this login must not be taken for the first about the next.
    await expect.poll(logged).toMatch(/Connection (closed|reset)|Disconnect/);
    const log = logged();
    const shown = [...log.matchAll(/(?:Failed|Accepted) publickey .*(SHA256:\S+)/g)];
    return { outcome, shown: shown.map(([, fingerprint]) => fingerprint) };
  }
  it('that are named come before all others of the agent, so that many do not use up the tries', async () => {
    await addWrong(8);
    await ssh('ssh-add', '-q', sshd.privateKeyFile);
    const { outcome, shown } = await logIn(identities([sshd.privateKeyFile]));
    expect(outcome).toBe('in');
    expect(shown).toEqual([await fingerprintOf(sshd.privateKeyFile)]);
    expect(parts.asked).toEqual([]);
  });

  it('that are locked are used by the agent that holds them, without a question', async () => {
    await ssh('ssh-add', '-q', sshd.privateKeyFile);
    expect((await logIn(identities([file('right-locked')]))).outcome).toBe('in');
    expect(parts.asked).toEqual([]);
  });

  it('of which only the public half lies here are used by the agent', async () => {
    const half = file('half.pub');
    copyFileSync(`${sshd.privateKeyFile}.pub`, half);
    await addWrong(3);
    await ssh('ssh-add', '-q', sshd.privateKeyFile);
    const { outcome, shown } = await logIn(identities([half], { agent: false }));
    expect([outcome, shown.length]).toEqual(['in', 1]);
  });

  it('that cannot be read are passed over where there are others', async () => {
    const broken = file('broken');
    writeFileSync(broken, sshd.privateKey.slice(0, 200));
    const { outcome } = await logIn(identities([broken, sshd.privateKeyFile]));
    expect([outcome, parts.asked]).toEqual(['in', []]);
  });

  it('that are not named are not shown where only the named ones may be', async () => {
    await ssh('ssh-add', '-q', sshd.privateKeyFile);
    const { outcome, shown } = await logIn(identities([file('wrong-0')], { agent: false }), {
      interactive: false,
    });
    expect(outcome).toBe('ssh-needs-answer');
    expect(shown).toEqual([await fingerprintOf(file('wrong-0'))]);
  });

  it('are shown once each, though they lie in a file and in the agent', async () => {
    await addWrong(2);
    answer = () => ({ kind: 'cancel' });
    const { shown } = await logIn(identities([file('wrong-1'), file('wrong-0')]));
    expect(shown).toEqual([
      await fingerprintOf(file('wrong-1')),
      await fingerprintOf(file('wrong-0')),
    ]);
  });

  itAsRoot('that are many leave a try for the password', async () => {
    await addWrong(8);
    await parts.vault.save('test/password', sshd.password);
    const { outcome, shown } = await logIn({ kind: 'automatic', passwordId: 'test/password' });
    expect([outcome, shown.length]).toEqual(['in', 5]);
  });

  it('that are too many are said to be the reason when the server hangs up', async () => {
    await addWrong(8);
    expect((await logIn({ kind: 'agent' })).outcome).toBe('ssh-too-many-keys');
  });

  it('of another agent than the usual one are used where the configuration names it', async () => {
    await ssh('ssh-add', '-q', sshd.privateKeyFile);
    const login = identities([], { agentSocket });
    const without = { ...parts.connectParts, agentSocket: undefined };
    const request = requestFor({ port: sshd.port, user: sshd.user, login });
    (await connect(without, request)).end();
    const none = identities([], { agentSocket: 'none' });
    expect((await logIn(none, { interactive: false })).outcome).toBe('ssh-needs-answer');
  });

  it('are lent to programs of the instance only where that was wished', async () => {
    await ssh('ssh-add', '-q', sshd.privateKeyFile);
    const login = identities([sshd.privateKeyFile]);
    const seenThere = async (forwardAgent: boolean) => {
      const client = await connect(
        { ...parts.connectParts, agentSocket },
        { ...requestFor({ port: sshd.port, user: sshd.user, login }), forwardAgent },
      );
      const output = await new Promise<string>((resolve, reject) => {
        const options = { env: {}, agentForward: true };
        client.exec('ssh-add -l', options, (error, channel) => {
          if (error) return reject(error);
          let text = '';
          channel.on('data', (bytes: Buffer) => {
            text += bytes;
          });
          return channel.on('close', () => resolve(text));
        });
      });
      client.end();
      return output;
    };
    expect(await seenThere(true)).toContain(await fingerprintOf(sshd.privateKeyFile));
    expect(await seenThere(false)).not.toContain('SHA256');
  });

  it('preferred for the account are tried first, and passed over when they are gone', async () => {
    const preferred = join(parts.homeDirectory, '.ssh/work');
    copyFileSync(sshd.privateKeyFile, preferred);
    await addWrong(8);
    const automatic: SshLogin = { kind: 'automatic', passwordId: 'test/password' };
    const { outcome, shown } = await logIn(automatic, { preferredKey: 'work' });
    expect([outcome, shown.length]).toEqual(['in', 1]);
    const given: SshLogin = { kind: 'given-password', read: async () => 'wrong' };
    expect((await logIn(given, { preferredKey: 'work' })).outcome).toBe('in');
    rmSync(preferred);
    const gone = await logIn(automatic, { preferredKey: 'work', interactive: false });
    expect(gone.outcome).toBe('ssh-needs-answer');
  });

  it('with an OpenSSH certificate beside them are said not to be presentable when refused', async () => {
    const strict = await startSshd({ config: ['UsePAM no', 'PasswordAuthentication no'] });
    const certified = file('certified');
    copyFileSync(file('wrong-7'), certified);
    writeFileSync(`${certified}-cert.pub`, readFileSync(`${file('wrong-7')}.pub`));
    const login = identities([certified], { agent: false });
    const publishedHostKeys = [strict.hostPublicKey()];
    const failed = connect(
      parts.connectParts,
      requestFor({ port: strict.port, user: strict.user, login, publishedHostKeys }),
    );
    await expect(failed).rejects.toMatchObject({
      rule: { id: 'ssh-auth-certificate', params: { name: certified } },
    });
    await strict.stop();
  });
});
