/** A transfer whose instance was taken from the list meanwhile ends with a word, whenever it is noticed. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FilesDesk, startFilesDesk } from '../support/files-desk.ts';
import { announced, isEnded, serveUpload, transferWhen } from '../support/held-files.ts';

let desk: FilesDesk;
beforeAll(async () => {
  desk = await startFilesDesk();
});
afterAll(() => desk.stop());

it('an upload that a page goes on with after that', async () => {
  const directory = join(desk.sshd.home, 'work');
  mkdirSync(directory);
  desk.giveAway(directory);
  const held = ['one', 'two'].map((path) => ({ path, bytes: Buffer.from(path) }));
  const { client } = desk.live;
  const items = announced(held);
  const { id } = await desk.call('files.upload', { directory, items, more: false });
  await transferWhen(client, id, ({ state }) => state === 'running');
  const { instance } = desk;
  const remove = { account: 'servers', action: 'remove-server', input: {}, instance };
  await client.call('actions.run', remove);
  desk.sshd.dropSessions();
  void serveUpload(client, id, held);
  expect(await transferWhen(client, id, isEnded)).toMatchObject({ state: 'failed' });
});
