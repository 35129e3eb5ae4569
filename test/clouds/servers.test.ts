/** Own servers: what may be written down, what it costs, and that nothing of a server stays when it leaves. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newKeyPair } from '../support/key-pair.ts';
import { type LiveCore, startLiveCore } from '../support/live-core.ts';
import { createTempDir } from '../support/temp-dir.ts';
import { createTestClock } from '../support/test-platform.ts';

const clock = createTestClock();
const hourMs = 3_600_000;
let live: LiveCore;

beforeAll(async () => {
  live = await startLiveCore({ platform: { clock } });
  await live.client.call('vault.setUp', { mode: 'memory' });
});
afterAll(() => live.close());
beforeEach(async () => {
  for (const { key } of await items()) await runAction('remove-server', key);
  await expect.poll(items).toEqual([]);
});

const items = async () => (await live.client.call('instances.list', {})).items;
const detail = (key: string) => live.client.call('instances.detail', { key });
const savedSecrets = async () => (await live.client.call('vault.status', {})).savedSecrets;
const runAction = (action: string, instance: string, input: object = {}) =>
  live.client.call('actions.run', { account: 'servers', action, instance, input });
const form = (changes: object = {}) => ({
  name: 'box',
  host: 'box.example',
  port: 22,
  user: 'root',
  tags: [],
  login: { kind: 'automatic' },
  price: null,
  ...changes,
});
const add = (...servers: readonly object[]) =>
  live.client.call('actions.run', {
    account: 'servers',
    action: 'add-servers',
    input: { servers },
  });
async function addOne(changes: object = {}): Promise<string> {
  const outcome = await add(form(changes));
  if (outcome.kind !== 'done') throw new Error(outcome.kind);
  await expect.poll(items).not.toEqual([]);
  return outcome.created[0] ?? '';
}

describe('a name', () => {
  it.each([
    '<img src=x onerror=alert(1)>',
    '"; DROP TABLE samples; --',
    '../../etc/passwd',
    '{{name}} $t(name) %s',
    '訓練機 🚀 عربي',
    '👩‍👩‍👧‍👦',
    '__proto__',
    'x'.repeat(200),
  ])('%j is kept letter by letter', async (name) => {
    const key = await addOne({ name, tags: [name.slice(0, 64)] });
    expect(await items()).toMatchObject([{ key, name, tags: [name.slice(0, 64)] }]);
  });

  it.each([
    ['red\u001b[31m', 'name-unprintable'],
    ['bell\u0007', 'name-unprintable'],
    ['line\nbreak', 'name-unprintable'],
    ['line\u2028break', 'name-unprintable'],
    ['exe.\u202etxt', 'name-unprintable'],
    ['iso\u2066late', 'name-unprintable'],
    ['\u0000', 'name-unprintable'],
    ['\u0085', 'name-unprintable'],
    ['\ufeffmark', 'name-unprintable'],
    ['in\u200bvisible', 'name-unprintable'],
    [' space', 'name-unprintable'],
    ['space ', 'name-unprintable'],
    [' ', 'name-unprintable'],
    ['', 'input-invalid'],
    ['x'.repeat(10_000), 'input-invalid'],
    [7, 'input-invalid'],
    [null, 'input-invalid'],
  ])('%j is refused, naming the field', async (name, rule) => {
    await expect(add(form({ name }))).rejects.toMatchObject({
      code: 'invalid',
      rule: { id: rule, params: { field: 'servers.0.name' } },
    });
    await expect(add(form({ tags: [name] }))).rejects.toMatchObject({
      rule: { id: rule, params: { field: 'servers.0.tags.0' } },
    });
    expect(await items()).toEqual([]);
  });
});

describe('a place', () => {
  it.each([
    ['host', '-oProxyCommand=evil', 'host-invalid'],
    ['host', 'bo x', 'host-invalid'],
    ['host', 'box;reboot', 'host-invalid'],
    ['host', 'user@box', 'host-invalid'],
    ['host', 'box\n', 'host-invalid'],
    ['host', '$(reboot)', 'host-invalid'],
    ['host', '[::1]', 'host-invalid'],
    ['host', '*', 'host-invalid'],
    ['host', 'x'.repeat(254), 'input-invalid'],
    ['host', '', 'input-invalid'],
    ['user', '-oProxyCommand=evil', 'user-invalid'],
    ['user', 'ro ot', 'user-invalid'],
    ['user', '$(reboot)', 'user-invalid'],
    ['port', 0, 'input-invalid'],
    ['port', 65_536, 'input-invalid'],
    ['port', -1, 'input-invalid'],
    ['port', 22.5, 'input-invalid'],
    ['port', '22', 'input-invalid'],
    ['price', { currency: 'U$', minor: 1, decimals: 2 }, 'currency-invalid'],
    ['price', { currency: 'USD', minor: -1, decimals: 2 }, 'input-invalid'],
    ['price', { currency: 'USD', minor: 0.5, decimals: 2 }, 'input-invalid'],
    ['login', { kind: 'key', keyName: '../../etc/shadow' }, 'input-invalid'],
    ['surprise', 1, 'input-invalid'],
  ])('with %s %j is refused', async (field, value, rule) => {
    await expect(add(form({ [field]: value }))).rejects.toMatchObject({
      code: 'invalid',
      rule: { id: rule },
    });
    expect(await items()).toEqual([]);
  });

  it.each([
    'box',
    'box.example.',
    'a_b.example',
    '192.0.2.7',
    '2001:db8::1',
    'xn--bcher-kva.example',
  ])('%s is a host', async (host) => {
    const key = await addOne({ host });
    expect((await detail(key)).sshCommand).toBe(`ssh -p 22 root@${host}`);
  });
});

describe('several servers at once', () => {
  it('are all there, each with its own id, in the order given', async () => {
    const outcome = await add(form({ name: 'a' }), form({ name: 'b' }), form({ name: 'b' }));
    await expect.poll(async () => (await items()).map(({ name }) => name)).toEqual(['a', 'b', 'b']);
    expect(outcome).toMatchObject({ created: (await items()).map(({ key }) => key) });
    expect(new Set((await items()).map(({ key }) => key)).size).toBe(3);
  });

  it('are all refused when one is wrong, and the wrong one is named', async () => {
    await expect(add(form(), form({ port: 0 }), form())).rejects.toMatchObject({
      rule: { params: { field: 'servers.1.port' } },
    });
    await expect(add()).rejects.toMatchObject({ code: 'invalid' });
    expect(await items()).toEqual([]);
  });

  it('may be 20,000, no more, and all are there at the next start', async () => {
    const directory = createTempDir('many-servers');
    const dataDirectory = join(directory.path, 'data');
    const many = Array.from({ length: 10_000 }, (_, index) => form({ name: `server-${index}` }));
    const addMany = (core: LiveCore) =>
      core.client.call('actions.run', {
        account: 'servers',
        action: 'add-servers',
        input: { servers: many.slice(0, 2000) },
      });
    const first = await startLiveCore({ dataDirectory });
    // A page's frame holds a megabyte: ten thousand come in several.
    for (let part = 0; part < 5; part += 1) await addMany(first);
    const all = async () => (await first.client.call('instances.list', {})).items.length;
    await expect.poll(all).toBe(10_000);
    for (let part = 5; part < 10; part += 1) await addMany(first);
    await expect(addMany(first)).rejects.toMatchObject({
      code: 'quota',
      rule: { id: 'too-many-servers' },
    });
    await first.close();
    const second = await startLiveCore({ dataDirectory });
    const { items: found } = await second.client.call('instances.list', {});
    expect(found.length).toBe(20_000);
    await second.close();
    directory.remove();
    // Seconds; writing all of them down anew for each one that comes would take an hour.
  }, 120_000);
});

describe('a server that is changed', () => {
  const price = { currency: 'USD', minor: 200, decimals: 2 };
  const edit = (key: string, changes: object) =>
    runAction('edit-server', key, { ...form(changes), forgetSecrets: false });

  it('keeps its id, its price history and its secrets', async () => {
    clock.set(Date.parse('2026-11-20T08:00:00Z'));
    const key = await addOne({ price, password: 'CANARY' });
    clock.set(clock.now() + hourMs);
    await edit(key, { name: 'renamed', price });
    clock.set(clock.now() + hourMs);
    await edit(key, { name: 'renamed', price: { ...price, minor: 500 } });
    clock.set(clock.now() + hourMs);
    await edit(key, { name: 'renamed', price: null });
    clock.set(clock.now() + hourMs);
    const lines = await live.client.call('instances.billing', { key });
    expect(lines).toMatchObject([
      { from: '2026-11-20T08:00:00.000Z', to: '2026-11-20T10:00:00.000Z', amount: { minor: 400 } },
      { from: '2026-11-20T10:00:00.000Z', to: '2026-11-20T11:00:00.000Z', amount: { minor: 500 } },
    ]);
    expect(lines.every(({ estimate }) => estimate)).toBe(true);
    expect(await items()).toMatchObject([{ key, name: 'renamed' }]);
    expect(await savedSecrets()).toBe(1);
  });

  it('forgets its secrets when told to, and takes new ones at once', async () => {
    const key = await addOne({ password: 'CANARY', passphrase: 'CANARY' });
    await runAction('edit-server', key, { ...form(), forgetSecrets: true });
    expect(await savedSecrets()).toBe(0);
    await runAction('edit-server', key, { ...form({ password: 'CANARY' }), forgetSecrets: true });
    expect(await savedSecrets()).toBe(1);
  });
});

describe('a server that is removed', () => {
  it('takes its secrets along', async () => {
    const key = await addOne({
      login: { kind: 'stored-key' },
      password: 'CANARY',
      privateKey: 'CANARY',
      passphrase: 'CANARY',
    });
    expect(await savedSecrets()).toBe(3);
    await runAction('remove-server', key);
    expect(await savedSecrets()).toBe(0);
    await expect(detail(key)).rejects.toMatchObject({ code: 'not-found' });
    await expect(runAction('remove-server', key)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('takes its host key along, unless another server stands at the same place', async () => {
    const directory = createTempDir('removed');
    const dataDirectory = join(directory.path, 'data');
    mkdirSync(dataDirectory);
    const known = join(dataDirectory, 'known_hosts');
    writeFileSync(known, `[box.example]:2222 ${newKeyPair().public}\n`);
    const other = await startLiveCore({ dataDirectory });
    const place = { host: 'Box.Example', port: 2222, user: 'root' };
    const keys = [await other.addServer(place), await other.addServer({ ...place, user: 'ada' })];
    const remove = (instance = '') =>
      other.client.call('actions.run', {
        account: 'servers',
        action: 'remove-server',
        instance,
        input: {},
      });
    await remove(keys[0]);
    expect(readFileSync(known, 'utf8')).toContain('[box.example]:2222');
    await remove(keys[1]);
    expect(readFileSync(known, 'utf8')).toBe('');
    await other.close();
    directory.remove();
  });
});

it('an account whose settings were damaged by hand is said to be so, and left as it is', async () => {
  const directory = createTempDir('damaged-account');
  const file = join(directory.path, 'settings.json');
  const config = { servers: [{ id: '1', name: 'box', host: 'box', port: 'many' }] };
  const damaged = { accounts: [{ id: 'servers', cloud: 'servers', name: 'Own servers', config }] };
  writeFileSync(file, JSON.stringify(damaged));
  const other = await startLiveCore({ dataDirectory: directory.path });
  const { items: accounts } = await other.client.call('accounts.list', {});
  expect(accounts.find(({ id }) => id === 'servers')).toMatchObject({
    reading: 'failed',
    failure: { code: 'invalid', rule: { id: 'account-settings-damaged' } },
  });
  await expect(other.addServer({ port: 22, user: 'root' })).rejects.toMatchObject({
    code: 'not-found',
  });
  await other.client.call('settings.change', { theme: 'dark' });
  await other.close();
  expect(JSON.parse(readFileSync(file, 'utf8')).accounts).toEqual(damaged.accounts);
  directory.remove();
});
