/** Logging in to a real OpenSSH server with a key, an agent or a password, and what happens when it does not work. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PromptAnswer } from '../../preload/contract/prompts.ts';
import { isRoot } from '../support/account.ts';
import { type Child, run, startChild } from '../support/child.ts';
import { startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { type LoginDesk, secretAnswer, startLoginDesk } from '../support/login-desk.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { createTempDir } from '../support/temp-dir.ts';

/** A real sshd checks passwords against accounts, and only root can make one. */
const itAsRoot = it.skipIf(!isRoot);

const directory = createTempDir('auth');
const passphrase = 'CANARY-passphrase';
const encryptedKeyFile = join(directory.path, 'encrypted');
const agentSocket = join(directory.path, 'agent');
let sshd: Sshd;
let desk: LoginDesk;
let agent: Child;
const place = () => ({ port: sshd.port, user: sshd.user });

beforeAll(async () => {
  // PAM makes every wrong password wait for seconds.
  sshd = await startSshd({ config: ['UsePAM no'] });
  copyFileSync(sshd.privateKeyFile, encryptedKeyFile);
  await run('ssh-keygen', ['-q', '-p', '-P', '', '-N', passphrase, '-f', encryptedKeyFile]);
  agent = startChild('ssh-agent', ['-D', '-a', agentSocket]);
  await agent.waitFor(/SSH_AUTH_SOCK/);
  desk = await startLoginDesk({ SSH_AUTH_SOCK: agentSocket });
});

afterAll(async () => {
  await desk.live.close();
  await agent.stop();
  await sshd.stop();
  directory.remove();
});

beforeEach(() => desk.clear());

describe('with a key', () => {
  const storedKey = (privateKey: string, more: object = {}) => ({
    ...place(),
    login: { kind: 'stored-key' },
    privateKey,
    ...more,
  });
  const encryptedKey = async () => await run('cat', [encryptedKeyFile]);

  it('without a passphrase nothing is asked', async () => {
    expect(await desk.logIn(storedKey(sshd.privateKey))).toBe('open');
    expect(desk.asked).toEqual([]);
  });

  it('with a saved passphrase nothing is asked', async () => {
    expect(await desk.logIn(storedKey(await encryptedKey(), { passphrase }))).toBe('open');
    expect(desk.asked).toEqual([]);
  });

  it('the passphrase is asked for again when it was wrong, and remembered once it was right', async () => {
    desk.reply = () => secretAnswer(desk.asked.length === 1 ? 'wrong' : passphrase, true);
    const instance = await desk.live.addServer({
      ...place(),
      ...storedKey(await encryptedKey()),
    });
    const before = await desk.savedSecrets();
    expect(await desk.openTerminal(instance)).toBe('open');
    expect(desk.asked).toMatchObject([
      { kind: 'passphrase', rejectedBefore: false },
      { kind: 'passphrase', rejectedBefore: true },
    ]);
    await expect.poll(desk.savedSecrets).toBe(before + 1);
    sshd.dropSessions();
    await expect
      .poll(async () => (await desk.live.client.call('terminals.list', {})).items[0]?.state)
      .toBe('failed');
    expect(await desk.openTerminal(instance)).toBe('open');
    expect(desk.asked).toHaveLength(2);
    await desk.leave(instance);
    expect(await desk.savedSecrets()).toBe(before - 1);
  });

  it('the passphrase is asked for at most three times, and a wrong one is not remembered', async () => {
    desk.reply = () => secretAnswer('wrong', true);
    expect(await desk.logIn(storedKey(await encryptedKey()))).toBe('key-passphrase-wrong');
    expect(desk.asked).toHaveLength(3);
    expect(await desk.savedSecrets()).toBe(0);
  });

  it.each([
    ['a public key', async () => await run('cat', [`${sshd.privateKeyFile}.pub`])],
    ['no key at all', async () => 'hello'],
    ['a key that was cut off', async () => sshd.privateKey.slice(0, 200)],
  ])('%s is said to be none', async (_what, text) => {
    expect(await desk.logIn(storedKey(await text()))).toBe('key-unreadable');
  });

  it('of the .ssh folder is used by its name', async () => {
    copyFileSync(sshd.privateKeyFile, join(desk.live.homeDirectory, '.ssh/work_key'));
    expect(await desk.logIn({ ...place(), login: { kind: 'key', keyName: 'work_key' } })).toBe(
      'open',
    );
    expect(await desk.logIn({ ...place(), login: { kind: 'key', keyName: 'other_key' } })).toBe(
      'key-file-missing',
    );
    expect((await desk.live.client.call('ssh.localKeys', {})).keys).toMatchObject([
      { name: 'work_key', type: 'ssh-ed25519', encrypted: false },
    ]);
    expect(desk.asked).toEqual([]);
  });

  it('of the agent is used without a question', async () => {
    expect((await desk.live.client.call('ssh.localKeys', {})).agent).toBe(true);
    expect(await desk.logIn({ ...place(), login: { kind: 'agent' } })).toBe('ssh-auth-failed');
    const environment = { SSH_AUTH_SOCK: agentSocket };
    await run('ssh-add', ['-q', sshd.privateKeyFile], '', { env: environment });
    expect(await desk.logIn({ ...place(), login: { kind: 'agent' } })).toBe('open');
    expect(await desk.logIn({ ...place(), login: { kind: 'automatic' } })).toBe('open');
    await run('ssh-add', ['-q', '-D'], '', { env: environment });
    expect(desk.asked).toEqual([]);
  });

  it('of a usual name is tried before anybody is asked for a password', async () => {
    const file = join(desk.live.homeDirectory, '.ssh/id_ed25519');
    copyFileSync(sshd.privateKeyFile, file);
    expect(await desk.logIn({ ...place(), login: { kind: 'automatic' } })).toBe('open');
    expect(desk.asked).toEqual([]);
    writeFileSync(file, 'not a key');
    desk.reply = () => ({ kind: 'cancel' });
    expect(await desk.logIn({ ...place(), login: { kind: 'automatic' } })).toBe('login-cancelled');
    expect(desk.asked).toMatchObject([{ kind: 'password' }]);
  });
});

describe('with a password', () => {
  itAsRoot('that is saved, nothing is asked', async () => {
    const server = { ...place(), login: { kind: 'password' }, password: sshd.password };
    expect(await desk.logIn(server)).toBe('open');
    expect(desk.asked).toEqual([]);
  });

  itAsRoot('that is asked for and not to be remembered, it is not saved', async () => {
    desk.reply = () => secretAnswer(sshd.password);
    expect(await desk.logIn({ ...place(), login: { kind: 'password' } })).toBe('open');
    expect(desk.asked).toMatchObject([
      { kind: 'password', user: sshd.user, rejectedBefore: false },
    ]);
    expect(await desk.savedSecrets()).toBe(0);
  });

  itAsRoot(
    'that was saved and is wrong, it is asked for, and the right one takes its place',
    async () => {
      desk.reply = () => secretAnswer(sshd.password, true);
      const instance = await desk.live.addServer({
        ...place(),
        login: { kind: 'password' },
        password: 'wrong',
      });
      expect(await desk.openTerminal(instance)).toBe('open');
      expect(desk.asked).toMatchObject([{ kind: 'password', rejectedBefore: true }]);
      await expect.poll(desk.savedSecrets).toBe(1);
      sshd.dropSessions();
      await expect
        .poll(async () => (await desk.live.client.call('terminals.list', {})).items[0]?.state)
        .toBe('failed');
      expect(await desk.openTerminal(instance)).toBe('open');
      expect(desk.asked).toHaveLength(1);
      await desk.leave(instance);
    },
  );

  it('that is wrong, it is asked for at most three times and never saved', async () => {
    desk.reply = () => secretAnswer('wrong', true);
    const before = sshd.log().length;
    expect(await desk.logIn({ ...place(), login: { kind: 'password' } })).toBe('ssh-auth-failed');
    expect(
      desk.asked.map((question) => 'rejectedBefore' in question && question.rejectedBefore),
    ).toEqual([false, true, true]);
    expect(
      sshd
        .log()
        .slice(before)
        .match(/Failed password/g),
    ).toHaveLength(3);
    expect(await desk.savedSecrets()).toBe(0);
  });

  it('that nobody gives, cancel means stop: nothing more is tried', async () => {
    const before = sshd.log().length;
    expect(await desk.logIn({ ...place(), login: { kind: 'password' } })).toBe('login-cancelled');
    expect(desk.asked).toHaveLength(1);
    expect(sshd.log().slice(before)).not.toMatch(/Failed password/);
  });

  it('that is to be remembered, the vault must be set up first, and the question stays open', async () => {
    const fresh = await startLiveCore({ answer: trustHostKeys });
    const instance = await fresh.addServer({
      ...place(),
      login: { kind: 'password' },
    });
    await fresh.client.call('terminals.open', { instance, columns: 80, rows: 24 });
    const open = async () =>
      (await fresh.client.call('prompts.list', {})).items.find(
        ({ question }) => question.kind === 'password',
      );
    await expect.poll(open).toBeDefined();
    const id = (await open())?.id ?? '';
    const answer = secretAnswer('wrong', true);
    const answered = await fresh.client.call('prompts.answer', { id, answer });
    expect(answered).toEqual({ kind: 'needs-vault' });
    expect(await open()).toMatchObject({ id });
    await fresh.client.call('vault.setUp', { mode: 'memory' });
    expect(await fresh.client.call('prompts.answer', { id, answer })).toEqual({ kind: 'taken' });
    await fresh.close();
  });

  it.each([
    ['an answer to another kind of question', { kind: 'trust' }, 'invalid'],
    ['answers to fields', { kind: 'fields', values: ['x'] }, 'invalid'],
  ] as const)('%s is refused', async (_what, answer, code) => {
    let outcome = '';
    desk.reply = () => undefined;
    const instance = await desk.live.addServer({
      ...place(),
      login: { kind: 'password' },
    });
    await desk.live.client.call('terminals.open', { instance, columns: 80, rows: 24 });
    await expect.poll(() => desk.asked.length).toBe(1);
    const [prompt] = (await desk.live.client.call('prompts.list', {})).items;
    await desk.live.client
      .call('prompts.answer', { id: prompt?.id ?? '', answer: { ...answer } as PromptAnswer })
      .catch((error) => {
        outcome = error.code;
      });
    expect(outcome).toBe(code);
    await desk.leave(instance);
    await expect
      .poll(async () => (await desk.live.client.call('prompts.list', {})).items)
      .toEqual([]);
  });
});
