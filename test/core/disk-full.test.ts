/** A disk that is really full: a clear word, nothing lost, and work goes on once there is room. */
import { existsSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRoot } from '../support/account.ts';
import { run } from '../support/child.ts';
import { type LiveCore, startLiveCore } from '../support/live-core.ts';
import { createTempDir, type TempDir } from '../support/temp-dir.ts';
import { launchHeadless } from '../support/web-app.ts';

let disk: TempDir;
let mounted = false;
let live: LiveCore | undefined;
beforeEach(async () => {
  disk = createTempDir('small-disk');
  mounted = isRoot && (await mount(disk.path));
});
afterEach(async () => {
  await live?.close();
  live = undefined;
  if (mounted) await run('umount', ['--lazy', disk.path]);
  disk.remove();
});

async function mount(path: string): Promise<boolean> {
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', path]);
    return true;
  } catch {
    return false;
  }
}

const filler = () => join(disk.path, 'filler');

/** Takes the last byte there is. */
function fillDisk(): void {
  const { bavail, bsize } = statfsSync(disk.path);
  writeFileSync(filler(), Buffer.alloc(bavail * bsize));
}

const needsMount = 'a small disk can only be mounted by root';
const diskFull = { code: 'quota', rule: { id: 'disk-full' } };

test('a change is refused in words, what was there stays, and with room it works', async ({
  skip,
}) => {
  if (!mounted) skip(needsMount);
  const data = join(disk.path, 'data');
  live = await startLiveCore({ dataDirectory: data });
  const { client } = live;
  await client.call('vault.setUp', { mode: 'master', password: 'a master password' });
  await live.addServer({ name: 'kept', user: 'ada', port: 1, password: 'kept secret' });
  const before = ['settings.json', 'vault.json'].map((name) => readFileSync(join(data, name)));

  fillDisk();
  await expect(client.call('settings.change', { theme: 'dark' })).rejects.toMatchObject(diskFull);
  const adding = live.addServer({
    name: 'lost',
    user: 'ada',
    port: 1,
    password: 'x'.repeat(60_000),
  });
  await expect(adding).rejects.toMatchObject(diskFull);
  // What the page sees is what is on the disk.
  expect((await client.call('settings.read', {})).theme).toBe('system');
  const listed = async () =>
    (await client.call('instances.list', {})).items.map(({ name }) => name);
  expect(await listed()).toEqual(['kept']);
  const after = ['settings.json', 'vault.json'].map((name) => readFileSync(join(data, name)));
  expect(after).toEqual(before);

  rmSync(filler());
  await client.call('settings.change', { theme: 'dark' });
  await live.addServer({ name: 'second', user: 'ada', port: 1 });
  await live.close();
  live = await startLiveCore({ dataDirectory: data });
  expect((await live.client.call('settings.read', {})).theme).toBe('dark');
  const { items } = await live.client.call('instances.list', {});
  expect(items.map(({ name }) => name).sort()).toEqual(['kept', 'second']);
  expect(await live.client.call('app.notices', {})).toEqual([]);
});

test('a start on a full disk ends with a sentence, and with room it starts', async ({ skip }) => {
  if (!mounted) skip(needsMount);
  fillDisk();
  const args = ['--no-open', '--data-dir', join(disk.path, 'data')];
  const home = createTempDir('home');
  const child = launchHeadless(args, home.path, { LANG: 'C.UTF-8' });
  expect(await child.ended).toBe(1);
  expect(child.output()).toMatch(/disk/i);
  expect(child.output()).not.toMatch(/\n\s+at /);

  rmSync(filler());
  const again = launchHeadless(args, home.path);
  await again.waitFor(/^Pilothouse: http/m);
  await again.stop();
  expect(existsSync(join(disk.path, 'data'))).toBe(true);
  home.remove();
});
