/** Damaged files: kept aside as they are, said in words, replaced by the newest whole backup, and nothing else is lost. */
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addServers } from '../support/add-servers.ts';
import { projectRoot } from '../support/architecture/read-sources.ts';
import { run } from '../support/child.ts';
import { clientOn, joinWebHost } from '../support/join-web-host.ts';
import { type LiveCore, startLiveCore } from '../support/live-core.ts';
import { createTempDir, type TempDir } from '../support/temp-dir.ts';
import { startWebApp } from '../support/web-app.ts';

const password = 'a master password';

/** What a file can look like after a crash, a bad disk, or an editor. */
const damages: readonly [string, (file: string) => void][] = [
  ['cut in half', (file) => truncateSync(file, Math.floor(readFileSync(file).length / 2))],
  ['emptied', (file) => truncateSync(file, 0)],
  [
    'overwritten with zeros',
    (file) => writeFileSync(file, Buffer.alloc(readFileSync(file).length)),
  ],
  ['overwritten with noise', (file) => writeFileSync(file, Buffer.from(noise()))],
];
/** Damages only a document can have: it reads well and means nothing. */
const wrongDocuments: readonly [string, (file: string) => void][] = [
  [
    'of another shape',
    (file) => writeFileSync(file, '{"version": 1, "accounts": 5, "records": 7}'),
  ],
  ['a list', (file) => writeFileSync(file, '[]')],
  ['null', (file) => writeFileSync(file, 'null')],
];

function noise(): readonly number[] {
  return Array.from({ length: 5000 }, (_, index) => (index * 193 + 71) % 256);
}

let directory: TempDir;
let live: LiveCore | undefined;
beforeEach(() => {
  directory = createTempDir('damaged');
});
afterEach(async () => {
  await live?.close();
  live = undefined;
  directory.remove();
});

async function open(): Promise<LiveCore> {
  await live?.close();
  live = await startLiveCore({ dataDirectory: directory.path });
  return live;
}

/** A directory with a server, a preference and a secret in it, and a backup of each from a second start. */
async function fill(): Promise<void> {
  const first = await open();
  await first.client.call('vault.setUp', { mode: 'master', password });
  await first.client.call('settings.change', { theme: 'dark' });
  await first.addServer({
    name: 'kept',
    host: 'kept.example',
    port: 22,
    user: 'ada',
    password: 'secret',
  });
  await open();
  await live?.close();
  live = undefined;
}

/** The same by a process that has ended: SQLite's locks are by process, and its journal would repair what we damage. */
async function fillElsewhere(): Promise<void> {
  const app = await startWebApp({ dataDir: directory.path });
  const client = clientOn(await joinWebHost(app.url));
  await client.call('vault.setUp', { mode: 'master', password });
  await addServers(client, [{ name: 'kept', host: 'kept.example', port: 22, user: 'ada' }]);
  await app.stop();
  const file = join(directory.path, 'history.db');
  const intoOneFile = `new (require('libsql'))(${JSON.stringify(file)}).pragma('wal_checkpoint(TRUNCATE)')`;
  await run(process.execPath, ['-e', intoOneFile], '', { cwd: projectRoot });
  for (const journal of ['wal', 'shm']) rmSync(`${file}-${journal}`, { force: true });
}

type Backups = 'backups whole' | 'backups damaged';

/** @returns what the file holds now */
function damage(name: string, how: (file: string) => void, backups: Backups): Buffer {
  const file = join(directory.path, name);
  how(file);
  if (backups === 'backups damaged') {
    for (const other of readdirSync(directory.path)) {
      if (other.startsWith(`${name}.backup`)) truncateSync(join(directory.path, other), 0);
    }
  }
  return readFileSync(file);
}

/** @returns what was kept aside */
function keptAside(name: string): readonly Buffer[] {
  return readdirSync(directory.path)
    .filter((other) => other.startsWith(`${name}.damaged-`))
    .map((other) => readFileSync(join(directory.path, other)));
}

async function noticeIds(): Promise<readonly string[]> {
  const notices = await live?.client.call('app.notices', {});
  return notices?.map(({ text }) => text.id) ?? [];
}

describe.each([...damages, ...wrongDocuments])('settings %s', (_name, how) => {
  test('come back from the backup', async () => {
    await fill();
    const bytes = damage('settings.json', how, 'backups whole');
    const { client } = await open();
    expect(await noticeIds()).toEqual(['settings-restored']);
    expect(keptAside('settings.json')).toEqual([bytes]);
    expect((await client.call('settings.read', {})).theme).toBe('dark');
    const { items } = await client.call('instances.list', {});
    expect(items.map(({ name }) => name)).toEqual(['kept']);
  });

  test('without a whole backup become defaults, and can be changed again', async () => {
    await fill();
    const bytes = damage('settings.json', how, 'backups damaged');
    const { client } = await open();
    expect(await noticeIds()).toEqual(['settings-damaged']);
    expect(keptAside('settings.json')).toEqual([bytes]);
    await client.call('settings.change', { theme: 'light' });
    const again = await open();
    expect((await again.client.call('settings.read', {})).theme).toBe('light');
    expect(await noticeIds()).toEqual([]);
  });
});

describe.each([...damages, ...wrongDocuments])('a vault %s', (_name, how) => {
  test('comes back from the backup and opens with the same password', async () => {
    await fill();
    const bytes = damage('vault.json', how, 'backups whole');
    const { client } = await open();
    expect(await noticeIds()).toEqual(['vault-restored']);
    expect(keptAside('vault.json')).toEqual([bytes]);
    expect(await client.call('vault.unlock', { password })).toEqual({ kind: 'open' });
    expect((await client.call('vault.status', {})).savedSecrets).toBe(1);
  });

  test('without a whole backup is begun anew, and takes secrets again', async () => {
    await fill();
    const bytes = damage('vault.json', how, 'backups damaged');
    const { client, addServer } = await open();
    expect(await noticeIds()).toEqual(['vault-damaged']);
    expect(keptAside('vault.json')).toEqual([bytes]);
    expect((await client.call('vault.status', {})).mode).toBe('unset');
    await client.call('vault.setUp', { mode: 'master', password });
    await addServer({
      name: 'new',
      host: 'new.example',
      port: 22,
      user: 'ada',
      password: 'another',
    });
    expect((await client.call('vault.status', {})).savedSecrets).toBe(1);
  });
});

describe.each(damages)('a history %s', (name, how) => {
  test('is begun anew, and the servers are all there', async () => {
    await fillElsewhere();
    const file = join(directory.path, 'history.db');
    how(file);
    const bytes = readFileSync(file);
    const { client } = await open();
    // An empty file is a database without tables: nothing in it is damaged.
    const isEmpty = name === 'emptied';
    expect(await noticeIds()).toEqual(isEmpty ? [] : ['history-damaged']);
    expect(keptAside('history.db')).toEqual(isEmpty ? [] : [bytes]);
    const { items } = await client.call('instances.list', {});
    expect(items.map(({ name: instance }) => instance)).toEqual(['kept']);
  });
});

test('all three at once are each said and each kept', async () => {
  await fillElsewhere();
  for (const name of ['settings.json', 'vault.json', 'history.db']) {
    writeFileSync(join(directory.path, name), 'noise');
  }
  await open();
  expect((await noticeIds()).map((id) => id.split('-')[0]).sort()).toEqual([
    'history',
    'settings',
    'vault',
  ]);
});

test('a known_hosts with noise in it still trusts what is whole', async () => {
  const file = join(directory.path, 'known_hosts');
  writeFileSync(file, Buffer.concat([Buffer.from(noise()), Buffer.from('\nhalf a line ssh-ed\n')]));
  const { client } = await open();
  expect((await client.call('app.hello', {})).product).toBe('Pilothouse');
});
