/** Downloads from a real OpenSSH server, to this machine's disk and to a page. */
import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Transfer } from '../../preload/contract/files.ts';
import { type FilesDesk, startFilesDesk } from '../support/files-desk.ts';
import { isEnded, receiveFile, transferWhen } from '../support/held-files.ts';
import { createTempDir } from '../support/temp-dir.ts';

let desk: FilesDesk;
let directory: string;
let folder: string | undefined;
const local = createTempDir('downloads');
let count = 0;

beforeAll(async () => {
  desk = await startFilesDesk({}, { platform: { chooseFolder: () => Promise.resolve(folder) } });
});
afterAll(async () => {
  await desk.stop();
  local.remove();
});
beforeEach(() => {
  count += 1;
  directory = join(desk.sshd.home, `work-${count}`);
  mkdirSync(directory);
  desk.giveAway(directory);
  folder = mkdtempSync(join(local.path, 'to-'));
});

async function download(names: readonly string[]): Promise<Transfer> {
  const outcome = await desk.call('files.download', { directory, names: [...names] });
  if (outcome.kind === 'called-off') throw new Error('called off');
  const { client } = desk.live;
  return transferWhen(client, outcome.transfer.id, (transfer) => {
    return isEnded(transfer) || transfer.state === 'conflict';
  });
}
const ended = ({ id }: Transfer) => transferWhen(desk.live.client, id, isEnded);

describe('a download to disk', () => {
  it('brings a whole tree with times and permissions; links only to files', async () => {
    const large = randomBytes(9 * 1024 * 1024 + 7);
    mkdirSync(join(directory, 'tree/inner'), { recursive: true });
    writeFileSync(join(directory, 'tree/inner/large'), large);
    writeFileSync(join(directory, 'tree/program'), 'x', { mode: 0o755 });
    writeFileSync(join(directory, 'tree/empty'), '', { mode: 0o444 });
    utimesSync(join(directory, 'tree/program'), 1_700_000_000, 1_700_000_000);
    symlinkSync('program', join(directory, 'tree/link'));
    symlinkSync('..', join(directory, 'tree/loop'));
    symlinkSync('nothing', join(directory, 'tree/dangling'));
    const done = await download(['tree']);
    expect(done.problems.map(({ path, failure }) => [path, failure.rule?.id]).sort()).toEqual([
      ['tree/dangling', 'file-missing'],
      ['tree/loop', 'link-not-followed'],
    ]);
    expect(done).toMatchObject({ state: 'done', items: 6, itemsDone: 6 });
    const at = (name: string) => join(folder ?? '', 'tree', name);
    expect(readdirSync(at('')).sort()).toEqual(['empty', 'inner', 'link', 'program']);
    expect(readFileSync(at('inner/large')).equals(large)).toBe(true);
    expect(statSync(at('program')).mode & 0o777).toBe(0o755);
    expect(statSync(at('empty')).mode & 0o777).toBe(0o444);
    expect(statSync(at('program')).mtimeMs).toBe(1_700_000_000_000);
    expect(readFileSync(at('link'), 'utf8')).toBe('x');
  });

  it('writes over nothing unasked, and goes on with a beginning', async () => {
    const whole = randomBytes(300_000);
    writeFileSync(join(directory, 'file'), whole);
    writeFileSync(join(folder ?? '', 'file'), whole.subarray(0, 100_000));
    const asked = await download(['file']);
    expect(asked.conflict?.choices).toContain('resume');
    expect(readFileSync(join(folder ?? '', 'file'))).toHaveLength(100_000);
    await desk.live.client.call('files.resolve', {
      transfer: asked.id,
      path: asked.conflict?.path ?? '',
      choice: 'resume',
      forAll: false,
    });
    expect(await ended(asked)).toMatchObject({ state: 'done', bytesDone: 300_000 });
    expect(readFileSync(join(folder ?? '', 'file')).equals(whole)).toBe(true);
    expect(readdirSync(folder ?? '')).toEqual(['file']);
  });

  it('keeps both of two names that many a file system takes for one', async () => {
    writeFileSync(join(directory, 'readme'), 'small');
    writeFileSync(join(directory, 'README'), 'LARGE');
    await download(['readme', 'README']);
    expect(readdirSync(folder ?? '').sort()).toEqual(['README (2)', 'readme']);
  });

  it('is called off with the dialog', async () => {
    folder = undefined;
    expect(await desk.call('files.download', { directory, names: ['x'] })).toEqual({
      kind: 'called-off',
    });
  });
});

describe('a download to the page', () => {
  it('takes the place of the same one whose page is gone', async () => {
    const page = await startFilesDesk();
    try {
      writeFileSync(join(page.sshd.home, 'file'), 'content');
      const { client } = page.live;
      const begin = async () => {
        const outcome = await page.call('files.download', { directory: '', names: ['file'] });
        if (outcome.kind !== 'to-page') throw new Error(outcome.kind);
        return outcome.transfer.id;
      };
      const former = await begin();
      await transferWhen(client, former, ({ state }) => state === 'stalled');
      const id = await begin();
      expect(await client.call('files.items', { transfer: id })).toHaveLength(1);
      const { items } = await client.call('files.transfers', {});
      expect(items.map((transfer) => transfer.id)).toEqual([id]);
    } finally {
      await page.stop();
    }
  });

  it('waits on the list for a page where its own went before its turn came', async () => {
    const page = await startFilesDesk();
    try {
      const names = ['first', 'second', 'third'];
      for (const name of names) writeFileSync(join(page.sshd.home, name), 'content');
      const { client } = page.live;
      const begin = async (name: string) => {
        const outcome = await page.call('files.download', { directory: '', names: [name] });
        if (outcome.kind !== 'to-page') throw new Error(outcome.kind);
        return outcome.transfer.id;
      };
      const served = [await begin('first'), await begin('second')];
      for (const transfer of served) client.call('files.attend', { transfer }).catch(() => {});
      const transfer = await begin('third');
      const leaving = new AbortController();
      const listed = client.call('files.items', { transfer }, leaving.signal);
      leaving.abort();
      await expect(listed).rejects.toMatchObject({ code: 'cancelled' });
      await client.call('files.cancel', { transfer: served[0] ?? '' });
      await transferWhen(client, transfer, ({ state }) => state === 'stalled');
      expect(await client.call('files.items', { transfer })).toHaveLength(1);
    } finally {
      await page.stop();
    }
  });

  it('lists what there is and sends each file as the page can take it', async () => {
    const page = await startFilesDesk();
    try {
      const large = randomBytes(5 * 1024 * 1024 + 3);
      mkdirSync(join(page.sshd.home, 'tree'));
      writeFileSync(join(page.sshd.home, 'tree/large'), large);
      writeFileSync(join(page.sshd.home, 'tree/empty'), '');
      const { client } = page.live;
      const outcome = await page.call('files.download', { directory: '', names: ['tree'] });
      if (outcome.kind !== 'to-page') throw new Error(outcome.kind);
      const { id } = outcome.transfer;
      const items = await client.call('files.items', { transfer: id });
      expect(items.map(({ path, kind, size }) => [path, kind, size]).sort()).toEqual([
        ['tree', 'directory', 0],
        ['tree/empty', 'file', 0],
        ['tree/large', 'file', large.length],
      ]);
      await expect(client.call('files.received', { transfer: id })).rejects.toMatchObject({
        code: 'conflict',
        rule: { id: 'transfer-not-asked' },
      });
      for (const { index, path, kind } of items) {
        if (kind === 'directory') continue;
        const { bytes } = await receiveFile(client, id, index);
        expect(bytes.equals(path === 'tree/large' ? large : Buffer.alloc(0))).toBe(true);
      }
      expect(await transferWhen(client, id, ({ itemsDone }) => itemsDone === 3)).toMatchObject({
        state: 'running',
      });
      // A page that lost the last of it asks again; that is no further file.
      const again = items.find(({ path }) => path === 'tree/large')?.index ?? -1;
      expect((await receiveFile(client, id, again)).bytes.equals(large)).toBe(true);
      await client.call('files.received', { transfer: id });
      expect(await transferWhen(client, id, isEnded)).toMatchObject({
        state: 'done',
        items: 3,
        itemsDone: 3,
        bytesDone: large.length,
      });
    } finally {
      await page.stop();
    }
  });
});
