/** Files of a simulated guest, whose SFTP server is our own and simpler than OpenSSH's. */
import { afterEach, expect, it } from 'vitest';
import { startTestGuest } from '../support/guest.ts';
import {
  announced,
  isEnded,
  receiveFile,
  serveUpload,
  transferWhen,
} from '../support/held-files.ts';
import { startOddDesk } from '../support/odd-desk.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it('a simulated guest has files like any other', async () => {
  const guest = await startTestGuest();
  stops.push(guest.stop);
  const desk = await startOddDesk(guest.guest.sshPort, {
    password: guest.password,
    toPage: true,
  });
  stops.push(desk.stop);
  const { instance: there } = desk;
  const ask = desk.live.client;
  const bytes = Buffer.alloc(400_000, 'guest');
  const held = [{ path: 'tree' }, { path: 'tree/file', bytes }];
  const { id } = await ask.call('files.upload', {
    instance: there,
    directory: '/root',
    items: announced(held),
    more: false,
  });
  await serveUpload(ask, id, held);
  expect(await transferWhen(ask, id, isEnded)).toMatchObject({ state: 'done', problems: [] });
  expect((await guest.run('wc -c < tree/file; ls -A tree')).output).toBe('400000\nfile\n');
  const path = '/root/tree/text';
  await ask.call('files.write', { instance: there, path, text: 'one\n', version: null });
  const { version } = await ask.call('files.read', { instance: there, path });
  await ask.call('files.write', { instance: there, path, text: 'two\n', version });
  await ask.call('files.setMode', { instance: there, path, mode: 0o600, recursive: false });
  await ask.call('files.rename', { instance: there, from: path, to: '/root/tree/文字' });
  await guest.run('ln -s tree/file link; ln -s nowhere dangling');
  const { entries } = await ask.call('files.list', { instance: there, path: '/root/tree' });
  expect(entries.map(({ name, mode, size }) => [name, mode, size])).toContainEqual([
    '文字',
    0o600,
    4,
  ]);
  const home = await ask.call('files.list', { instance: there, path: '' });
  expect(home.path).toBe('/root');
  expect(home.entries.find(({ name }) => name === 'link')?.link).toEqual({
    path: 'tree/file',
    kind: 'file',
  });
  const outcome = await ask.call('files.download', {
    instance: there,
    directory: '/root',
    names: ['link'],
  });
  if (outcome.kind !== 'to-page') throw new Error(outcome.kind);
  const [item] = await ask.call('files.items', { transfer: outcome.transfer.id });
  const received = await receiveFile(ask, outcome.transfer.id, item?.index ?? 0);
  expect(received.bytes.equals(bytes)).toBe(true);
  await ask.call('files.received', { transfer: outcome.transfer.id });
  const removed = await ask.call('files.remove', {
    instance: there,
    paths: ['/root/tree', '/root/link', '/root/dangling'],
  });
  expect(removed).toEqual({ removed: 5 });
});
