/** Writing on a disk that is really full: said, and the old file stays as it was. */
import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEvents } from '../../main/core/events.ts';
import { asDiskError, writeFileSafely } from '../../main/core/files.ts';
import { createRedactor } from '../../main/core/log.ts';
import { createNotices } from '../../main/core/notices.ts';
import { openSettings } from '../../main/core/settings.ts';
import { openVault } from '../../main/core/vault.ts';
import { isRoot } from '../support/account.ts';
import { run } from '../support/child.ts';
import { startLiveCore } from '../support/live-core.ts';
import { createTempDir } from '../support/temp-dir.ts';
import { createTestKeychain, createTestPlatform, offering } from '../support/test-platform.ts';

describe('a refusal of the file system is named', () => {
  it.each([
    ['ENOSPC', 'quota', 'disk-full'],
    ['EDQUOT', 'quota', 'disk-full'],
    ['SQLITE_FULL', 'quota', 'disk-full'],
    ['EACCES', 'forbidden', 'not-writable'],
    ['EROFS', 'forbidden', 'not-writable'],
    ['EPERM', 'forbidden', 'not-writable'],
  ])('%s', (errno, code, rule) => {
    const error = Object.assign(new Error(errno), { code: errno });
    expect(asDiskError(error, 'file')).toMatchObject({ code, rule: { id: rule } });
  });

  it('and any other is left as it is', () => {
    const error = new Error('EIO');
    expect(asDiskError(error, 'file')).toBe(error);
  });
});

describe('what lies where a file is to be written first', () => {
  const temporary = createTempDir('planted');
  const at = (name: string) => join(temporary.path, name);
  afterAll(() => temporary.remove());

  it('is not written into: neither where a link leads, nor what others can read', () => {
    writeFileSync(at('elsewhere'), 'untouched');
    symlinkSync(at('elsewhere'), at('one.new'));
    writeFileSafely(at('one'), 'secret');
    expect(readFileSync(at('elsewhere'), 'utf8')).toBe('untouched');
    expect(lstatSync(at('one')).isFile()).toBe(true);

    writeFileSync(at('two.new'), 'left by a crash', { mode: 0o644 });
    writeFileSafely(at('two'), 'secret');
    expect(readFileSync(at('two'), 'utf8')).toBe('secret');
    expect(lstatSync(at('two')).mode & 0o777).toBe(0o600);
  });
});

/** Only root can make a disk. */
describe.skipIf(!isRoot)('on a disk of 256 kB that is full', () => {
  const temporary = createTempDir('full-disk');
  const disk = join(temporary.path, 'disk');
  const isFull = { code: 'quota', rule: { id: 'disk-full' } };
  const fill = () => {
    try {
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(1024 * 1024));
    } catch {
      // That is the point.
    }
  };

  beforeAll(async () => {
    mkdirSync(disk);
    await run('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]);
  });
  afterAll(async () => {
    await run('umount', ['--lazy', disk]);
    temporary.remove();
  });

  it('files, settings and secrets stay as they were, and say why', async () => {
    const platform = createTestPlatform(disk, offering(createTestKeychain()));
    const notices = createNotices(createEvents(), platform.clock);
    const settings = openSettings(platform, notices);
    const vault = await openVault(platform, notices, createRedactor(), () => {});
    const { preferences } = settings.change({ tunnels: [] });
    await vault.save('a/1', 'CANARY-before');
    writeFileSafely(join(disk, 'file'), 'before');
    fill();

    expect(() => writeFileSafely(join(disk, 'file'), 'x'.repeat(10_000))).toThrow('ENOSPC');
    expect(readFileSync(join(disk, 'file'), 'utf8')).toBe('before');

    const long = { ...preferences, theme: 'dark' } as const;
    const accounts = [{ id: 'x', cloud: 'x', name: 'x'.repeat(10_000), config: {} }];
    let failure: unknown;
    try {
      settings.change({ preferences: long, accounts });
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject(isFull);
    expect(settings.read().preferences).toEqual(preferences);
    expect(openSettings(platform, notices).read().preferences).toEqual(preferences);

    await expect(vault.save('a/2', 'x'.repeat(10_000))).rejects.toMatchObject(isFull);
    expect(await vault.read('a/1')).toBe('CANARY-before');
    expect(vault.has('a/2')).toBe(false);
    expect(notices.list()).toEqual([]);
  });

  it('adding a server is refused with its reason, and the list stays as it was', async () => {
    await run('rm', ['-rf', join(disk, 'ballast')]);
    const dataDirectory = join(disk, 'data');
    const live = await startLiveCore({ dataDirectory });
    const server = { port: 22, user: 'root' };
    await live.addServer({ ...server, name: 'before' });
    fill();
    const failed = live.addServer({ ...server, name: 'x'.repeat(200), tags: ['y'.repeat(60)] });
    await expect(failed).rejects.toMatchObject(isFull);
    const names = async () =>
      (await live.client.call('instances.list', {})).items.map(({ name }) => name);
    expect(await names()).toEqual(['before']);
    await run('rm', ['-rf', join(disk, 'ballast')]);
    await live.addServer({ ...server, name: 'after' });
    await expect.poll(names).toEqual(['before', 'after']);
    await live.close();
  });

  it('starting says so', async () => {
    fill();
    const failed = startLiveCore({ dataDirectory: join(disk, 'other-data') });
    await expect(failed).rejects.toMatchObject(isFull);
  });
});
