/** Logging in to real OpenSSH servers, in every way there is, and what happens when it does not work. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PromptAnswer, PromptQuestion } from '../../preload/contract/prompts.ts';
import type { Terminal } from '../../preload/contract/terminals.ts';
import { isRoot } from '../support/account.ts';
import { type Child, run, startChild } from '../support/child.ts';
import { type LiveCore, nextEvent, startLiveCore } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { createTempDir } from '../support/temp-dir.ts';
import { startTwoStepServer, type TwoStepServer } from '../support/two-step-server.ts';

/** A real sshd checks passwords against accounts, and only root can make one. */
const itAsRoot = it.skipIf(!isRoot);

const directory = createTempDir('auth');
const passphrase = 'CANARY-passphrase';
const encryptedKeyFile = join(directory.path, 'encrypted');
let sshd: Sshd;
let live: LiveCore;
let agent: Child;
const agentSocket = join(directory.path, 'agent');
/** Questions of this test that are not about the host key. */
let asked: PromptQuestion[] = [];
let reply: (question: PromptQuestion) => PromptAnswer | undefined = () => undefined;

const secret = (text: string, remember = false): PromptAnswer => ({
  kind: 'secret',
  secret: text,
  remember,
});

beforeAll(async () => {
  // PAM makes every wrong password wait for seconds.
  sshd = await startSshd({ config: ['UsePAM no'] });
  copyFileSync(sshd.privateKeyFile, encryptedKeyFile);
  await run('ssh-keygen', ['-q', '-p', '-P', '', '-N', passphrase, '-f', encryptedKeyFile]);
  agent = startChild('ssh-agent', ['-D', '-a', agentSocket]);
  await agent.waitFor(/SSH_AUTH_SOCK/);
  live = await startLiveCore({
    platform: { environment: { SSH_AUTH_SOCK: agentSocket } },
    answer: ({ question }) => {
      if (question.kind === 'host-key') return { kind: 'trust' };
      asked.push(question);
      return reply(question);
    },
  });
  await live.client.call('vault.setUp', { mode: 'memory' });
});

afterAll(async () => {
  await live.close();
  await agent.stop();
  await sshd.stop();
  directory.remove();
});

beforeEach(() => {
  asked = [];
  reply = () => ({ kind: 'cancel' });
});

const runAction = (action: string, instance: string, input: unknown = {}) =>
  live.client.call('actions.run', { account: 'servers', action, instance, input });
const savedSecrets = async () => (await live.client.call('vault.status', {})).savedSecrets;

async function openTerminal(instance: string): Promise<Terminal | undefined> {
  const settled = nextEvent(live.client, 'terminals.changed', ({ changed }) =>
    changed.some((terminal) => terminal.instance === instance && terminal.state !== 'connecting'),
  );
  await live.client.call('terminals.open', { instance, columns: 80, rows: 24 });
  return (await settled).changed.find((terminal) => terminal.instance === instance);
}

/** Logs in once to a server written down for this, and tells the outcome: `open`, or the rule or code of the failure. */
async function logIn(server: Readonly<Record<string, unknown>>): Promise<string> {
  const instance = await live.addServer({ port: sshd.port, user: sshd.user, ...server });
  const outcome = outcomeOf(await openTerminal(instance));
  await leave(instance);
  return outcome;
}

const outcomeOf = (terminal: Terminal | undefined) =>
  terminal?.failure?.rule?.id ?? terminal?.failure?.code ?? terminal?.state ?? 'nothing';

async function leave(instance: string): Promise<void> {
  for (const { id } of (await live.client.call('terminals.list', {})).items) {
    await live.client.call('terminals.close', { id });
  }
  await runAction('remove-server', instance);
}

describe('with a key', () => {
  const storedKey = (privateKey: string, more: object = {}) => ({
    login: { kind: 'stored-key' },
    privateKey,
    ...more,
  });
  const encryptedKey = async () => await run('cat', [encryptedKeyFile]);

  it('without a passphrase nothing is asked', async () => {
    expect(await logIn(storedKey(sshd.privateKey))).toBe('open');
    expect(asked).toEqual([]);
  });

  it('with a saved passphrase nothing is asked', async () => {
    expect(await logIn(storedKey(await encryptedKey(), { passphrase }))).toBe('open');
    expect(asked).toEqual([]);
  });

  it('the passphrase is asked for again when it was wrong, and remembered once it was right', async () => {
    reply = () => secret(asked.length === 1 ? 'wrong' : passphrase, true);
    const instance = await live.addServer({
      port: sshd.port,
      user: sshd.user,
      ...storedKey(await encryptedKey()),
    });
    const before = await savedSecrets();
    expect(outcomeOf(await openTerminal(instance))).toBe('open');
    expect(asked).toMatchObject([
      { kind: 'passphrase', rejectedBefore: false },
      { kind: 'passphrase', rejectedBefore: true },
    ]);
    await expect.poll(savedSecrets).toBe(before + 1);
    sshd.dropSessions();
    await expect
      .poll(async () => (await live.client.call('terminals.list', {})).items[0]?.state)
      .toBe('failed');
    expect(outcomeOf(await openTerminal(instance))).toBe('open');
    expect(asked).toHaveLength(2);
    await leave(instance);
    expect(await savedSecrets()).toBe(before - 1);
  });

  it('the passphrase is asked for at most three times, and a wrong one is not remembered', async () => {
    reply = () => secret('wrong', true);
    expect(await logIn(storedKey(await encryptedKey()))).toBe('key-passphrase-wrong');
    expect(asked).toHaveLength(3);
    expect(await savedSecrets()).toBe(0);
  });

  it.each([
    ['a public key', async () => await run('cat', [`${sshd.privateKeyFile}.pub`])],
    ['no key at all', async () => 'hello'],
    ['a key that was cut off', async () => sshd.privateKey.slice(0, 200)],
  ])('%s is said to be none', async (_what, text) => {
    expect(await logIn(storedKey(await text()))).toBe('key-unreadable');
  });

  it('of the .ssh folder is used by its name', async () => {
    copyFileSync(sshd.privateKeyFile, join(live.homeDirectory, '.ssh/work_key'));
    expect(await logIn({ login: { kind: 'key', keyName: 'work_key' } })).toBe('open');
    expect(await logIn({ login: { kind: 'key', keyName: 'other_key' } })).toBe('key-file-missing');
    expect((await live.client.call('ssh.localKeys', {})).keys).toMatchObject([
      { name: 'work_key', type: 'ssh-ed25519', encrypted: false },
    ]);
    expect(asked).toEqual([]);
  });

  it('of the agent is used without a question', async () => {
    expect((await live.client.call('ssh.localKeys', {})).agent).toBe(true);
    expect(await logIn({ login: { kind: 'agent' } })).toBe('ssh-auth-failed');
    const environment = { SSH_AUTH_SOCK: agentSocket };
    await run('ssh-add', ['-q', sshd.privateKeyFile], '', { env: environment });
    expect(await logIn({ login: { kind: 'agent' } })).toBe('open');
    expect(await logIn({ login: { kind: 'automatic' } })).toBe('open');
    await run('ssh-add', ['-q', '-D'], '', { env: environment });
    expect(asked).toEqual([]);
  });

  it('of a usual name is tried before anybody is asked for a password', async () => {
    const file = join(live.homeDirectory, '.ssh/id_ed25519');
    copyFileSync(sshd.privateKeyFile, file);
    expect(await logIn({ login: { kind: 'automatic' } })).toBe('open');
    expect(asked).toEqual([]);
    writeFileSync(file, 'not a key');
    reply = () => ({ kind: 'cancel' });
    expect(await logIn({ login: { kind: 'automatic' } })).toBe('cancelled');
    expect(asked).toMatchObject([{ kind: 'password' }]);
  });
});

describe('with a password', () => {
  itAsRoot('that is saved, nothing is asked', async () => {
    const server = { login: { kind: 'password' }, password: sshd.password };
    expect(await logIn(server)).toBe('open');
    expect(asked).toEqual([]);
  });

  itAsRoot('that is asked for and not to be remembered, it is not saved', async () => {
    reply = () => secret(sshd.password);
    expect(await logIn({ login: { kind: 'password' } })).toBe('open');
    expect(asked).toMatchObject([{ kind: 'password', user: sshd.user, rejectedBefore: false }]);
    expect(await savedSecrets()).toBe(0);
  });

  itAsRoot(
    'that was saved and is wrong, it is asked for, and the right one takes its place',
    async () => {
      reply = () => secret(sshd.password, true);
      const instance = await live.addServer({
        port: sshd.port,
        user: sshd.user,
        login: { kind: 'password' },
        password: 'wrong',
      });
      expect(outcomeOf(await openTerminal(instance))).toBe('open');
      expect(asked).toMatchObject([{ kind: 'password', rejectedBefore: true }]);
      await expect.poll(savedSecrets).toBe(1);
      sshd.dropSessions();
      await expect
        .poll(async () => (await live.client.call('terminals.list', {})).items[0]?.state)
        .toBe('failed');
      expect(outcomeOf(await openTerminal(instance))).toBe('open');
      expect(asked).toHaveLength(1);
      await leave(instance);
    },
  );

  it('that is wrong, it is asked for at most three times and never saved', async () => {
    reply = () => secret('wrong', true);
    const before = sshd.log().length;
    expect(await logIn({ login: { kind: 'password' } })).toBe('ssh-auth-failed');
    expect(
      asked.map((question) => 'rejectedBefore' in question && question.rejectedBefore),
    ).toEqual([false, true, true]);
    expect(
      sshd
        .log()
        .slice(before)
        .match(/Failed password/g),
    ).toHaveLength(3);
    expect(await savedSecrets()).toBe(0);
  });

  it('that nobody gives, cancel means stop: nothing more is tried', async () => {
    const before = sshd.log().length;
    expect(await logIn({ login: { kind: 'password' } })).toBe('cancelled');
    expect(asked).toHaveLength(1);
    expect(sshd.log().slice(before)).not.toMatch(/Failed password/);
  });

  it('that is to be remembered, the vault must be set up first, and the question stays open', async () => {
    const fresh = await startLiveCore({
      answer: ({ question }) => (question.kind === 'host-key' ? { kind: 'trust' } : undefined),
    });
    const instance = await fresh.addServer({
      port: sshd.port,
      user: sshd.user,
      login: { kind: 'password' },
    });
    await fresh.client.call('terminals.open', { instance, columns: 80, rows: 24 });
    const open = async () =>
      (await fresh.client.call('prompts.list', {})).items.find(
        ({ question }) => question.kind === 'password',
      );
    await expect.poll(open).toBeDefined();
    const id = (await open())?.id ?? '';
    const answer = secret('wrong', true);
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
    reply = () => undefined;
    const instance = await live.addServer({
      port: sshd.port,
      user: sshd.user,
      login: { kind: 'password' },
    });
    await live.client.call('terminals.open', { instance, columns: 80, rows: 24 });
    await expect.poll(() => asked.length).toBe(1);
    const [prompt] = (await live.client.call('prompts.list', {})).items;
    await live.client
      .call('prompts.answer', { id: prompt?.id ?? '', answer: { ...answer } as PromptAnswer })
      .catch((error) => {
        outcome = error.code;
      });
    expect(outcome).toBe(code);
    await leave(instance);
    await expect.poll(async () => (await live.client.call('prompts.list', {})).items).toEqual([]);
  });
});

describe('a server that lets nobody try often', () => {
  let strict: Sshd;
  beforeAll(async () => {
    strict = await startSshd({ config: ['UsePAM no', 'MaxAuthTries 2'] });
  });
  afterAll(() => strict.stop());

  it('is a refused login when it ends the connection, not a lost network', async () => {
    reply = () => secret('wrong');
    const server = { port: strict.port, user: strict.user, login: { kind: 'password' } };
    expect(await logIn(server)).toBe('ssh-auth-failed');
    expect(asked).toHaveLength(2);
  });

  it('is not dialled again by a tunnel: that waits for a person', async () => {
    reply = (question) => (question.kind === 'password' ? secret('wrong') : { kind: 'cancel' });
    const instance = await live.addServer({
      port: strict.port,
      user: strict.user,
      login: { kind: 'password' },
    });
    const before = strict.log().length;
    const outcome = await live.client.call('tunnels.open', { instance, remotePort: 8888 });
    if (outcome.kind !== 'opened') throw new Error(outcome.kind);
    const { id } = outcome.tunnel;
    const state = async () =>
      (await live.client.call('tunnels.list', {})).items.find((tunnel) => tunnel.id === id)?.state;
    await expect.poll(state, { timeout: 5000 }).toBe('needs-user');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(
      strict
        .log()
        .slice(before)
        .match(/Connection from/g),
    ).toHaveLength(1);
    await live.client.call('tunnels.remove', { id });
    await leave(instance);
  });
});

describe('a server that asks by keyboard-interactive only', () => {
  let keyboard: Sshd;
  beforeAll(async () => {
    keyboard = await startSshd({
      config: ['PasswordAuthentication no', 'KbdInteractiveAuthentication yes'],
    });
  });
  afterAll(() => keyboard.stop());
  const place = () => ({ port: keyboard.port, user: keyboard.user });

  itAsRoot('is given a saved password without a question', async () => {
    const server = { ...place(), login: { kind: 'password' }, password: keyboard.password };
    expect(await logIn(server)).toBe('open');
    expect(asked).toEqual([]);
  });

  itAsRoot('has its own question shown, and again after a wrong answer', async () => {
    reply = () => ({
      kind: 'fields',
      values: [asked.length < 2 ? 'wrong' : keyboard.password],
    });
    expect(await logIn({ ...place(), login: { kind: 'password' } })).toBe('open');
    expect(asked).toMatchObject(
      Array.from({ length: 2 }, () => ({
        kind: 'keyboard-interactive',
        fields: [{ label: expect.stringMatching(/password/i), echo: false }],
      })),
    );
  });

  itAsRoot('is left at cancel', async () => {
    expect(await logIn({ ...place(), login: { kind: 'automatic' } })).toBe('cancelled');
    expect(asked).toHaveLength(1);
  });
});

describe('a server with a second factor', () => {
  let server: TwoStepServer;
  beforeAll(async () => {
    server = await startTwoStepServer({ user: 'ada', answers: ['CANARY-first', '123456'] });
  });
  afterEach(() => server.reset());
  afterAll(() => server.stop());
  const place = () => ({ port: server.port, user: 'ada', login: { kind: 'password' } });

  it('has both fields shown at once, with what may be seen', async () => {
    reply = () => ({ kind: 'fields', values: ['CANARY-first', '123456'] });
    expect(await logIn(place())).toBe('open');
    expect(asked).toMatchObject([
      {
        kind: 'keyboard-interactive',
        title: 'Two steps',
        fields: [
          { label: 'Password: ', echo: false },
          { label: 'Code: ', echo: true },
        ],
      },
    ]);
  });

  it('is not given a saved password in place of two answers', async () => {
    expect(await logIn({ ...place(), password: 'CANARY-first' })).toBe('cancelled');
    expect(server.given()).toEqual([]);
  });

  it('cannot flood the page with its own words', async () => {
    server.say('x'.repeat(5000));
    await logIn(place());
    const [question] = asked;
    expect(JSON.stringify(question).length).toBeLessThan(5000);
  });
});

it('a server that wants a key and a password gets both', async () => {
  if (!isRoot) return;
  const both = await startSshd({
    config: ['UsePAM no', 'AuthenticationMethods publickey,password'],
  });
  copyFileSync(both.privateKeyFile, join(live.homeDirectory, '.ssh/id_ed25519'));
  reply = () => secret(both.password);
  const outcome = await logIn({ port: both.port, user: both.user, login: { kind: 'automatic' } });
  expect(outcome).toBe('open');
  expect(asked).toMatchObject([{ kind: 'password', rejectedBefore: false }]);
  await both.stop();
});
