/** Own servers behind other machines, or by a name of OpenSSH's configuration: how that is written down and taken back. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { usualConnectionOptions } from '../../main/features/ssh/connection-options.ts';
import type { Jump } from '../../preload/contract/ssh.ts';
import { isRoot } from '../support/account.ts';
import { freePort } from '../support/free-port.ts';
import { type LoginDesk, secretAnswer, startLoginDesk } from '../support/login-desk.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';

let desk: LoginDesk;
beforeAll(async () => {
  desk = await startLoginDesk();
});
afterAll(() => desk.live.close());
beforeEach(() => desk.clear());

const form = (changes: object = {}) => ({
  name: 'box',
  host: '127.0.0.1',
  port: 22,
  user: 'ada',
  tags: [],
  login: { kind: 'automatic' },
  price: null,
  ...changes,
});
const edit = (instance: string, changes: object = {}) =>
  desk.live.client.call('actions.run', {
    account: 'servers',
    action: 'edit-server',
    instance,
    input: { ...form(changes), forgetSecrets: false },
  });
const wordOf = async (instance: string) =>
  (await desk.live.client.call('instances.list', {})).items.find(({ key }) => key === instance)
    ?.state.word;
const facts = async (key: string) =>
  Object.fromEntries(
    (await desk.live.client.call('instances.detail', { key })).config.map(({ label, value }) => [
      label,
      value,
    ]),
  );

describe('jump hosts of a server', () => {
  const jumps = [
    { host: 'gate.example', port: 2200, user: 'grace' },
    { host: '2001:db8::1', port: 22 },
  ];

  it('stay at an edit that does not speak of them, and go at one that does', async () => {
    const instance = await desk.live.addServer(form({ jumps }));
    expect(await facts(instance)).toMatchObject({
      jumps: 'grace@gate.example:2200, ada@[2001:db8::1]:22',
    });
    await edit(instance, { name: 'renamed' });
    expect(await facts(instance)).toHaveProperty('jumps');
    await edit(instance, { jumps: null });
    expect(await facts(instance)).not.toHaveProperty('jumps');
    await desk.leave(instance);
  });

  it.each([
    [[{ host: '-oProxyCommand=evil', port: 22 }]],
    [[{ host: 'gate', port: 0 }]],
    [[{ host: 'gate', port: 22, user: '-l' }]],
    [Array.from({ length: 9 }, () => ({ host: 'gate', port: 22 }))],
  ])('such as %j are refused', async (refused) => {
    await expect(desk.live.addServer(form({ jumps: refused }))).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('say that nobody can see from here whether it answers', async () => {
    const instance = await desk.live.addServer(form({ jumps }));
    expect(await wordOf(instance)).toBe('behind-another');
    await desk.leave(instance);
  });

  it('that only its options name say so too, and none at all is said to be seen from here', async () => {
    const port = await freePort();
    const instance = await desk.live.addServer(form({ port }));
    const check = async () => {
      const run = { account: 'servers', action: 'check-server', input: {} };
      await desk.live.client.call('actions.run', { ...run, instance }).catch(() => {});
    };
    await check();
    await expect.poll(() => wordOf(instance)).toBe('unreachable');
    const hop = { kind: 'address', host: '127.0.0.1', port, user: 'ada' } as const;
    const set = (jumps: Jump[] | null) =>
      desk.live.client.call('ssh.setOptions', {
        instance,
        options: { ...usualConnectionOptions, jumps },
      });
    await set([hop]);
    await expect.poll(() => wordOf(instance)).toBe('behind-another');
    await check();
    expect(await wordOf(instance)).toBe('behind-another');
    await set(null);
    await expect.poll(() => wordOf(instance)).toBe('not-checked');
    await edit(instance, { port, jumps });
    await expect.poll(() => wordOf(instance)).toBe('behind-another');
    await set([]);
    await expect.poll(() => wordOf(instance)).toBe('not-checked');
    await desk.leave(instance);
  });
});

describe('the name a server follows', () => {
  it('stays at an edit that does not speak of it, and goes at one that does', async () => {
    const instance = await desk.live.addServer(form({ configAlias: 'gpu' }));
    expect(await facts(instance)).toMatchObject({ follows: 'gpu' });
    await edit(instance, { name: 'renamed' });
    expect(await facts(instance)).toMatchObject({ follows: 'gpu' });
    await edit(instance, { configAlias: null });
    expect(await facts(instance)).not.toHaveProperty('follows');
    await desk.leave(instance);
  });

  it.each(['-oX', 'gpu-*', '!gpu', 'a b', 'a\nb', '', 'a"b', '#x'])('is not %j', async (name) => {
    await expect(desk.live.addServer(form({ configAlias: name }))).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});

// Only root can make accounts with passwords.
describe.skipIf(!isRoot)('a server behind another', () => {
  let gate: Sshd;
  let inner: Sshd;
  beforeAll(async () => {
    const config = ['UsePAM no'];
    [gate, inner] = await Promise.all([startSshd({ config }), startSshd({ config })]);
  });
  afterAll(() => Promise.all([gate.stop(), inner.stop()]));

  it('is entered through it, each with its own password, and none of them stays', async () => {
    const instance = await desk.live.addServer(
      form({
        port: inner.port,
        user: inner.user,
        login: { kind: 'password' },
        jumps: [{ host: '127.0.0.1', port: gate.port, user: gate.user }],
      }),
    );
    desk.reply = (question) =>
      secretAnswer(
        question.kind === 'password' && question.user === gate.user
          ? gate.password
          : inner.password,
        true,
      );
    expect(await desk.openTerminal(instance)).toBe('open');
    expect(desk.asked).toMatchObject([{ user: gate.user }, { user: inner.user }]);
    await expect.poll(() => desk.savedSecrets()).toBe(2);
    await desk.leave(instance);
    await expect.poll(() => desk.savedSecrets()).toBe(0);
    const settings = readFileSync(join(desk.live.dataDirectory, 'settings.json'), 'utf8');
    expect(settings).not.toContain(inner.user);
  });

  it('never gives the password of one jump host to another that takes its place', async () => {
    const through = (jump: Sshd) =>
      form({
        port: inner.port,
        user: inner.user,
        login: { kind: 'password' },
        password: inner.password,
        jumps: [{ host: '127.0.0.1', port: jump.port, user: jump.user }],
      });
    const instance = await desk.live.addServer(through(gate));
    desk.reply = () => secretAnswer(gate.password, true);
    expect(await desk.openTerminal(instance)).toBe('open');
    await expect.poll(() => desk.savedSecrets()).toBe(2);

    const other = await startSshd({ config: ['UsePAM no'] });
    desk.clear();
    await edit(instance, through(other));
    expect(await desk.savedSecrets()).toBe(1);
    await desk.openTerminal(instance);
    expect(desk.asked).toMatchObject([{ kind: 'password', rejectedBefore: false }]);
    expect(other.log()).not.toContain('Failed password');
    await desk.leave(instance);
    await other.stop();
  });
});
