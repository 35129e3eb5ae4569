/** Uploads that are still being announced: bounded, given up by the page that announces them, and cancelled. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FilesDesk, startFilesDesk } from '../support/files-desk.ts';
import { announced, isEnded, serveUpload, transferWhen } from '../support/held-files.ts';

let desk: FilesDesk;
let directory: string;

beforeAll(async () => {
  desk = await startFilesDesk();
  directory = join(desk.sshd.home, 'work');
  mkdirSync(directory);
  desk.giveAway(directory);
});
afterAll(async () => {
  await desk.stop();
});

const held = [{ path: 'first', bytes: Buffer.from('1') }];
const rest = [{ path: 'second', bytes: Buffer.from('2') }];
const begin = async () =>
  (await desk.call('files.upload', { directory, items: announced(held), more: true })).id;

it('an upload whose page is left while it announces is stalled, and can be cancelled', async () => {
  const { client } = desk.live;
  const id = await begin();
  const page = new AbortController();
  serveUpload(client, id, held, { signal: page.signal }).catch(() => {});
  page.abort();
  await transferWhen(client, id, ({ state }) => state === 'stalled');
  await client.call('files.cancel', { transfer: id });
  expect((await transferWhen(client, id, isEnded)).state).toBe('cancelled');
  const more = client.call('files.announce', { transfer: id, items: announced(rest), more: true });
  await expect(more).rejects.toMatchObject({ code: 'cancelled' });
  expect(readdirSync(directory)).toEqual([]);
});

it('a page that comes back goes on announcing where it was', async () => {
  const { client } = desk.live;
  const id = await begin();
  await transferWhen(client, id, ({ state }) => state === 'stalled');
  const serving = serveUpload(client, id, [...held, ...rest]);
  await client.call('files.announce', { transfer: id, items: announced(rest), more: false });
  expect(await transferWhen(client, id, isEnded)).toMatchObject({ state: 'done', itemsDone: 2 });
  await serving;
  expect(readdirSync(directory).sort()).toEqual(['first', 'second']);
});

it('holds a bounded number of items, and says how many', async () => {
  const { client } = desk.live;
  const id = await begin();
  const items = Array.from({ length: 5000 }, (_, number) => ({
    path: `many/${number}`,
    kind: 'file' as const,
    size: 1,
    modifiedAt: '2026-01-02T03:04:05.000Z',
  }));
  const announceAll = async () => {
    for (let part = 0; part < 21; part += 1) {
      await client.call('files.announce', { transfer: id, items, more: true });
    }
  };
  await expect(announceAll()).rejects.toMatchObject({ code: 'quota' });
  const failed = await transferWhen(client, id, isEnded);
  expect(failed.failure?.rule).toEqual({ id: 'upload-too-many', params: { limit: 100_000 } });
  expect(readdirSync(directory)).not.toContain('many');
});
