/** Logging in to servers with ways of their own: few tries, questions of their own, a second factor. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isRoot } from '../support/account.ts';
import { type LoginDesk, secretAnswer, startLoginDesk } from '../support/login-desk.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { startTwoStepServer, type TwoStepServer } from '../support/two-step-server.ts';

/** A real sshd checks passwords against accounts, and only root can make one. */
const itAsRoot = it.skipIf(!isRoot);

let desk: LoginDesk;
beforeAll(async () => {
  desk = await startLoginDesk();
});
afterAll(() => desk.live.close());
beforeEach(() => desk.clear());

describe('a server that lets nobody try often', () => {
  let strict: Sshd;
  beforeAll(async () => {
    strict = await startSshd({ config: ['UsePAM no', 'MaxAuthTries 2'] });
  });
  afterAll(() => strict.stop());

  it('is a refused login when it ends the connection, not a lost network', async () => {
    desk.reply = () => secretAnswer('wrong');
    const server = { port: strict.port, user: strict.user, login: { kind: 'password' } };
    expect(await desk.logIn(server)).toBe('ssh-auth-failed');
    expect(desk.asked).toHaveLength(2);
  });

  it('is not dialled again by a tunnel: that waits for a person', async () => {
    desk.reply = (question) =>
      question.kind === 'password' ? secretAnswer('wrong') : { kind: 'cancel' };
    const instance = await desk.live.addServer({
      port: strict.port,
      user: strict.user,
      login: { kind: 'password' },
    });
    const before = strict.log().length;
    const outcome = await desk.live.client.call('tunnels.open', { instance, remotePort: 8888 });
    if (outcome.kind !== 'opened') throw new Error(outcome.kind);
    const { id } = outcome.tunnel;
    const state = async () =>
      (await desk.live.client.call('tunnels.list', {})).items.find((tunnel) => tunnel.id === id)
        ?.state;
    await expect.poll(state).toBe('needs-user');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(
      strict
        .log()
        .slice(before)
        .match(/Connection from/g),
    ).toHaveLength(1);
    await desk.live.client.call('tunnels.remove', { id });
    await desk.leave(instance);
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
    expect(await desk.logIn(server)).toBe('open');
    expect(desk.asked).toEqual([]);
  });

  itAsRoot('has its own question shown, and again after a wrong answer', async () => {
    desk.reply = () => ({
      kind: 'fields',
      values: [desk.asked.length < 2 ? 'wrong' : keyboard.password],
    });
    expect(await desk.logIn({ ...place(), login: { kind: 'password' } })).toBe('open');
    expect(desk.asked).toMatchObject(
      Array.from({ length: 2 }, () => ({
        kind: 'keyboard-interactive',
        fields: [{ label: expect.stringMatching(/password/i), echo: false }],
      })),
    );
  });

  itAsRoot('is left at cancel', async () => {
    expect(await desk.logIn({ ...place(), login: { kind: 'automatic' } })).toBe('login-cancelled');
    expect(desk.asked).toHaveLength(1);
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
    desk.reply = () => ({ kind: 'fields', values: ['CANARY-first', '123456'] });
    expect(await desk.logIn(place())).toBe('open');
    expect(desk.asked).toMatchObject([
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
    expect(await desk.logIn({ ...place(), password: 'CANARY-first' })).toBe('login-cancelled');
    expect(server.given()).toEqual([]);
  });

  it('cannot flood the page with its own words', async () => {
    server.say('x'.repeat(5000));
    await desk.logIn(place());
    const [question] = desk.asked;
    expect(JSON.stringify(question).length).toBeLessThan(5000);
  });
});

it.each(['Verification code: ', 'One-time password (OATH): ', '驗證碼：'])(
  'a server that asks for %s is not given a saved password for it',
  async (prompt) => {
    const server = await startTwoStepServer({
      user: 'ada',
      answers: ['123456'],
      prompts: [{ prompt, echo: false }],
    });
    desk.reply = () => ({ kind: 'fields', values: ['123456'] });
    const place = { port: server.port, user: 'ada', login: { kind: 'password' } };
    expect(await desk.logIn({ ...place, password: 'CANARY-saved' })).toBe('open');
    expect(server.given()).toEqual([['123456']]);
    await server.stop();
  },
);

itAsRoot('a server that wants a key and a password gets both', async () => {
  const both = await startSshd({
    config: ['UsePAM no', 'AuthenticationMethods publickey,password'],
  });
  copyFileSync(both.privateKeyFile, join(desk.live.homeDirectory, '.ssh/id_ed25519'));
  desk.reply = () => secretAnswer(both.password);
  const outcome = await desk.logIn({
    port: both.port,
    user: both.user,
    login: { kind: 'automatic' },
  });
  expect(outcome).toBe('open');
  expect(desk.asked).toMatchObject([{ kind: 'password', rejectedBefore: false }]);
  await both.stop();
});
