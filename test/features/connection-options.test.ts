/** How one instance is entered beside what its cloud says: kept, checked, and followed from the next connection on. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { usualConnectionOptions } from '../../main/features/ssh/connection-options.ts';
import { findJumpLoop } from '../../main/features/ssh/jump-loop.ts';
import type { ConnectionOptions, Jump } from '../../preload/contract/ssh.ts';
import { freePort } from '../support/free-port.ts';
import { type LiveCore, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { type FaultProxy, startProxy } from '../support/proxy.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';

let sshd: Sshd;
let proxy: FaultProxy;
let live: LiveCore;
let instance: string;

beforeAll(async () => {
  sshd = await startSshd();
  proxy = await startProxy(sshd.port);
  live = await startLiveCore({ answer: trustHostKeys });
  instance = await live.addSshd(sshd, { port: proxy.port });
});
afterAll(async () => {
  await live.close();
  await proxy.stop();
  await sshd.stop();
});
const terminals = async () => (await live.client.call('terminals.list', {})).items;
const states = async () => (await terminals()).map(({ state }) => state);
afterEach(async () => {
  for (const { id } of await terminals()) await live.client.call('terminals.close', { id });
  await set(usualConnectionOptions);
  proxy.cut();
  await expect.poll(() => proxy.connections()).toBe(0);
});
const set = (options: ConnectionOptions) =>
  live.client.call('ssh.setOptions', { instance, options });
const openTerminal = async () => {
  const open = (await states()).length;
  await live.client.call('terminals.open', { instance, columns: 80, rows: 24 });
  await expect.poll(states).toEqual(Array.from({ length: open + 1 }, () => 'open'));
};

it('are as usual until somebody sets them, and stay as they were set', async () => {
  expect((await live.client.call('ssh.options', { instance })).options).toEqual(
    usualConnectionOptions,
  );
  const wished = {
    ...usualConnectionOptions,
    keepaliveSeconds: 0,
    clipboardWrite: 'never',
  } as const;
  await set(wished);
  expect((await live.client.call('ssh.options', { instance })).options).toEqual(wished);
});

it('of an instance that is gone are not to be had', async () => {
  const gone = { instance: 'servers/gone' };
  await expect(live.client.call('ssh.options', gone)).rejects.toMatchObject({ code: 'not-found' });
  const setting = live.client.call('ssh.setOptions', { ...gone, options: usualConnectionOptions });
  await expect(setting).rejects.toMatchObject({ code: 'not-found' });
});

it.each([
  [{ host: '-oProxyCommand=evil' }, 'host-invalid'],
  [{ host: 'gate,*' }, 'host-invalid'],
  [{ host: 'gate\n@cert-authority *' }, 'host-invalid'],
  [{ user: 'ada;reboot' }, 'user-invalid'],
])('take no jump host such as %j', async (changes, rule) => {
  const jump: Jump = { kind: 'address', host: 'gate', port: 22, user: 'ada', ...changes };
  const setting = set({ ...usualConnectionOptions, jumps: [jump] });
  await expect(setting).rejects.toMatchObject({ code: 'invalid', rule: { id: rule } });
});

describe('a connection', () => {
  it('is one for all who use the instance', async () => {
    await openTerminal();
    await openTerminal();
    expect(proxy.connections()).toBe(1);
  });

  it('is one for each terminal where it is not to be shared', async () => {
    await set({ ...usualConnectionOptions, shareConnection: false });
    await openTerminal();
    await openTerminal();
    expect(proxy.connections()).toBe(2);
  });

  it('that stopped answering is lost after three keepalives, and the reason tells how long that was', async () => {
    await set({ ...usualConnectionOptions, keepaliveSeconds: 1 });
    await openTerminal();
    proxy.freeze();
    await expect
      .poll(async () => (await terminals())[0]?.failure)
      .toMatchObject({
        code: 'timeout',
        rule: { id: 'ssh-keepalive-lost', params: { seconds: 3 } },
      });
    proxy.thaw();
  });

  it('is never asked whether it lives where that is switched off', async () => {
    await set({ ...usualConnectionOptions, keepaliveSeconds: 0 });
    await openTerminal();
    proxy.freeze();
    await new Promise((resolve) => setTimeout(resolve, 4500));
    expect(await states()).toEqual(['open']);
    proxy.thaw();
  });
});

it('a tunnel that waits for a server goes the new way in as soon as there is one', async () => {
  const server = { user: sshd.user, login: { kind: 'stored-key' }, privateKey: sshd.privateKey };
  const moved = await live.addServer({ ...server, port: await freePort() });
  const outcome = await live.client.call('tunnels.open', {
    instance: moved,
    remotePort: sshd.port,
  });
  if (outcome.kind !== 'opened') throw new Error(outcome.kind);
  const { id } = outcome.tunnel;
  const state = async () =>
    (await live.client.call('tunnels.list', {})).items.find((tunnel) => tunnel.id === id)?.state;
  await expect.poll(state).toBe('reconnecting');
  const place = { name: 'server', host: '127.0.0.1', port: sshd.port, tags: [], price: null };
  await live.client.call('actions.run', {
    account: 'servers',
    instance: moved,
    action: 'edit-server',
    input: { ...place, user: sshd.user, login: { kind: 'stored-key' }, forgetSecrets: false },
  });
  await expect.poll(state).toBe('up');
  await live.client.call('tunnels.remove', { id });
});

it('the changed key of a jump host that is in no list is forgotten with that of the instance behind it', async () => {
  const hop = await startSshd({ config: ['PasswordAuthentication no'] });
  copyFileSync(hop.privateKeyFile, join(live.homeDirectory, '.ssh/id_ed25519'));
  const { port, user } = hop;
  const jumps: Jump[] = [{ kind: 'address', host: '127.0.0.1', port, user }];
  await set({ ...usualConnectionOptions, jumps });
  await openTerminal();
  await hop.changeHostKey();
  const failure = async () => {
    for (const { id } of await terminals()) await live.client.call('terminals.close', { id });
    await live.client.call('terminals.open', { instance, columns: 80, rows: 24 });
    await expect.poll(states).not.toContain('connecting');
    return (await terminals())[0]?.failure?.rule?.id;
  };
  await expect.poll(failure).toBe('host-key-changed');
  const forget = { account: 'servers', action: 'forget-host-key', input: {} };
  await live.client.call('actions.run', { ...forget, instance });
  expect(await failure()).toBeUndefined();
  expect(await states()).toEqual(['open']);
  await hop.stop();
});

describe('the preferences of an account', () => {
  const account = async () =>
    (await live.client.call('accounts.list', {})).items.find(({ id }) => id === 'servers');

  it('show in its view, stay where they are not mentioned, and are taken back by null', async () => {
    const prefer = (wishes: object) =>
      live.client.call('accounts.prefer', { account: 'servers', ...wishes });
    await prefer({ defaultKey: 'work', colour: 'teal' });
    expect(await account()).toMatchObject({ defaultKey: 'work', colour: 'teal' });
    await prefer({ colour: null });
    expect(await account()).toMatchObject({ defaultKey: 'work' });
    expect(await account()).not.toHaveProperty('colour');
    await live.client.call('accounts.refresh', { account: 'servers' });
    expect(await account()).toMatchObject({ defaultKey: 'work' });
    await prefer({ defaultKey: null });
    expect(await account()).not.toHaveProperty('defaultKey');
  });

  it('lead to the key that is tried first on its instances', async () => {
    copyFileSync(sshd.privateKeyFile, join(live.homeDirectory, '.ssh/work'));
    await live.client.call('accounts.prefer', { account: 'servers', defaultKey: 'work' });
    const place = { port: proxy.port, user: sshd.user, login: { kind: 'automatic' } };
    const other = await live.addServer(place);
    await live.client.call('terminals.open', { instance: other, columns: 80, rows: 24 });
    await expect.poll(states).toEqual(['open']);
    await live.client.call('accounts.prefer', { account: 'servers', defaultKey: null });
  });

  it('of an account that is not there are refused', async () => {
    const preferring = live.client.call('accounts.prefer', { account: 'nobody', colour: 'red' });
    await expect(preferring).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a loop of jumps', () => {
  const via = (...instances: string[]): readonly Jump[] =>
    instances.map((name) => ({ kind: 'instance', instance: name }));
  const place: Jump = { kind: 'address', host: 'box', port: 22, user: 'ada' };
  it.each<[string, Readonly<Record<string, readonly Jump[]>>, string | undefined]>([
    ['none without jumps', {}, undefined],
    ['none in a chain', { a: via('b'), b: via('c') }, undefined],
    ['itself', { a: via('a') }, 'a'],
    ['two that lead to each other', { a: via('b'), b: via('a') }, 'a'],
    ['three', { a: via('b'), b: via('c'), c: via('a') }, 'a'],
    ['the same twice in one list', { a: via('b', 'b') }, 'b'],
    ['one that the first hop brings and the list repeats', { a: via('b', 'c'), b: via('c') }, 'c'],
    [
      'none by what a later hop would bring, because that is not used',
      { a: via('b', 'c'), c: via('a') },
      undefined,
    ],
    ['none behind an address', { a: [place, ...via('b')], b: via('a') }, undefined],
  ])('%s', (_what, jumps, loop) => {
    expect(findJumpLoop('a', (instanceName) => jumps[instanceName] ?? null)).toBe(loop);
  });
});
