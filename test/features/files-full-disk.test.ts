/** An instance whose disk is full: said in words, and gone on with when there is room. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { isRoot } from '../support/account.ts';
import { run } from '../support/child.ts';
import { startFilesDesk } from '../support/files-desk.ts';
import { announced, isEnded, serveUpload, transferWhen } from '../support/held-files.ts';
import { ruleOf } from '../support/odd-desk.ts';
import { createTempDir } from '../support/temp-dir.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it.runIf(isRoot)('a full disk is said, and a transfer goes on when there is room', async () => {
  const desk = await startFilesDesk();
  stops.push(desk.stop);
  const small = join(desk.sshd.home, 'small');
  mkdirSync(small);
  await run('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=777', 'none', small]);
  stops.push(() => run('umount', ['-l', small]));
  writeFileSync(join(small, 'filler'), Buffer.alloc(3 * 1024 * 1024));
  const bytes = Buffer.alloc(3 * 1024 * 1024, 'bytes');
  const held = [{ path: 'large', bytes }];
  const { client } = desk.live;
  const items = announced(held);
  const { id } = await desk.call('files.upload', { directory: small, items, more: false });
  const served = serveUpload(client, id, held);
  const stopped = await transferWhen(client, id, ({ state }) => state === 'paused');
  expect(stopped.failure?.rule?.id).toBe('remote-disk-full');
  expect(
    await ruleOf(
      desk.call('files.write', { path: `${small}/text`, text: 'x'.repeat(99_999), version: null }),
    ),
  ).toBe('remote-disk-full');
  rmSync(join(small, 'filler'));
  await client.call('files.resume', { transfer: id });
  await served;
  expect((await transferWhen(client, id, isEnded)).state).toBe('done');
  expect(readFileSync(join(small, 'large')).equals(bytes)).toBe(true);
  expect(readdirSync(small)).toEqual(['large']);
});

it.runIf(isRoot)(
  'a full disk here is said too, and a download goes on when there is room',
  async () => {
    const local = createTempDir('small-disk');
    stops.push(async () => local.remove());
    const mount = (size: string) =>
      run('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', local.path]);
    await mount('2m');
    stops.push(() => run('umount', ['-l', local.path]));
    const desk = await startFilesDesk(
      {},
      { platform: { chooseFolder: () => Promise.resolve(local.path) } },
    );
    stops.push(desk.stop);
    const bytes = Buffer.alloc(3 * 1024 * 1024, 'bytes');
    writeFileSync(join(desk.sshd.home, 'large'), bytes);
    const outcome = await desk.call('files.download', { directory: '', names: ['large'] });
    if (outcome.kind !== 'to-disk') throw new Error(outcome.kind);
    const { client } = desk.live;
    const { id } = outcome.transfer;
    const stopped = await transferWhen(client, id, ({ state }) => state === 'paused');
    expect(stopped.failure?.rule?.id).toBe('local-disk-full');
    await run('mount', ['-o', 'remount,size=8m', local.path]);
    await client.call('files.resume', { transfer: id });
    expect((await transferWhen(client, id, isEnded)).state).toBe('done');
    expect(readFileSync(join(local.path, 'large')).equals(bytes)).toBe(true);
    expect(readdirSync(local.path)).toEqual(['large']);
  },
);
