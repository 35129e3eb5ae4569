/** Uploads to a real OpenSSH server: whole trees, conflicts, pauses, cancelling, pages that go away. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Transfer } from '../../preload/contract/files.ts';
import { type FilesDesk, startFilesDesk } from '../support/files-desk.ts';
import {
  announced,
  type HeldFile,
  isEnded,
  serveUpload,
  transferWhen,
} from '../support/held-files.ts';
import { addressPort } from '../support/listening.ts';

let desk: FilesDesk;
let directory: string;
let count = 0;

beforeAll(async () => {
  desk = await startFilesDesk();
});
afterAll(async () => {
  await desk.stop();
});
beforeEach(() => {
  count += 1;
  directory = join(desk.sshd.home, `work-${count}`);
  mkdirSync(directory);
  desk.giveAway(directory);
});

const text = (value: string) => Buffer.from(value);

async function upload(held: readonly HeldFile[]): Promise<Transfer> {
  const { id } = await desk.call('files.upload', {
    directory,
    items: announced(held),
    more: false,
  });
  void serveUpload(desk.live.client, id, held);
  return transferWhen(desk.live.client, id, (transfer) => {
    return isEnded(transfer) || transfer.state === 'conflict';
  });
}
const ended = ({ id }: Transfer) => transferWhen(desk.live.client, id, isEnded);

describe('an upload', () => {
  it('brings a whole tree with its times, and leaves no part behind', async () => {
    const large = randomBytes(9 * 1024 * 1024 + 7);
    const done = await upload([
      { path: 'tree' },
      { path: 'tree/資料 🚀' },
      { path: 'tree/資料 🚀/large', bytes: large },
      { path: 'tree/empty', bytes: text('') },
      { path: 'tree/-rf', bytes: text('dash') },
    ]);
    expect(done).toMatchObject({ state: 'done', items: 5, itemsDone: 5, problems: [] });
    expect(done.bytesDone).toBe(done.bytes);
    expect(readFileSync(join(directory, 'tree/資料 🚀/large')).equals(large)).toBe(true);
    expect(readdirSync(join(directory, 'tree')).sort()).toEqual(['-rf', 'empty', '資料 🚀']);
    expect(readdirSync(join(directory, 'tree/資料 🚀'))).toEqual(['large']);
    const { mtime } = statSync(join(directory, 'tree/-rf'));
    expect(mtime.toISOString()).toBe('2026-01-02T03:04:05.000Z');
  });

  it('asks once for all about names that are taken', async () => {
    const held = ['a', 'b', 'c'].map((path) => ({ path, bytes: text(`new ${path}`) }));
    for (const { path } of held) writeFileSync(join(directory, path), 'old');
    desk.giveAway(directory);
    const asked = await upload([...held, { path: 'd', bytes: text('new d') }]);
    expect(asked.conflict).toMatchObject({
      path: `${directory}/a`,
      there: { size: 3 },
      ours: { size: 5 },
      choices: ['overwrite', 'skip', 'keep-both', 'resume'],
      remaining: 3,
    });
    const { client } = desk.live;
    const resolve = (name: string, choice: 'skip' | 'keep-both' | 'overwrite', forAll: boolean) => {
      const path = join(directory, name);
      return client.call('files.resolve', { transfer: asked.id, path, choice, forAll });
    };
    await resolve('a', 'skip', false);
    await transferWhen(client, asked.id, ({ conflict }) => conflict?.remaining === 2);
    await resolve('b', 'keep-both', false);
    await transferWhen(client, asked.id, ({ conflict }) => conflict?.remaining === 1);
    await resolve('c', 'overwrite', true);
    expect((await ended(asked)).state).toBe('done');
    const content = (name: string) => readFileSync(join(directory, name), 'utf8');
    expect(readdirSync(directory).sort()).toEqual(['a', 'b', 'b (2)', 'c', 'd']);
    expect([content('a'), content('b'), content('b (2)'), content('c')]).toEqual([
      'old',
      'old',
      'new b',
      'new c',
    ]);
  });

  it('goes on with what is its beginning, and touches nothing that is not', async () => {
    const whole = randomBytes(300_000);
    writeFileSync(join(directory, 'same'), whole.subarray(0, 200_000));
    writeFileSync(join(directory, 'other'), randomBytes(200_000));
    desk.giveAway(directory);
    const before = readFileSync(join(directory, 'other'));
    const asked = await upload([
      { path: 'same', bytes: whole },
      { path: 'other', bytes: whole },
    ]);
    await desk.live.client.call('files.resolve', {
      transfer: asked.id,
      path: asked.conflict?.path ?? '',
      choice: 'resume',
      forAll: true,
    });
    const done = await ended(asked);
    expect(done.problems.map(({ path, failure }) => [path, failure.rule?.id])).toEqual([
      ['other', 'file-tail-differs'],
    ]);
    expect(readFileSync(join(directory, 'same')).equals(whole)).toBe(true);
    expect(readFileSync(join(directory, 'other')).equals(before)).toBe(true);
    expect(readdirSync(directory).sort()).toEqual(['other', 'same']);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const held = [{ path: 'tree' }, { path: 'tree/large', bytes: randomBytes(4 * 1024 * 1024) }];
    const { client } = desk.live;
    const { id } = await desk.call('files.upload', {
      directory,
      items: announced(held),
      more: false,
    });
    const wish = await client.call('files.nextToSend', { transfer: id });
    if (wish.kind !== 'send') throw new Error('nothing to send');
    const { stream } = client.stream('files.sendFile', { transfer: id, index: 1, from: 0 });
    await new Promise<void>((resolve) => stream.onCredit(resolve));
    stream.send(randomBytes(1024 * 1024));
    await transferWhen(client, id, ({ bytesDone }) => bytesDone > 0);
    expect(readdirSync(join(directory, 'tree'))[0]).toMatch(
      /^\.large\.[0-9a-f]{8}-[0-9a-f]{8}\.part$/,
    );
    await client.call('files.cancel', { transfer: id });
    expect((await client.call('files.nextToSend', { transfer: id })).kind).toBe('end');
    await expect.poll(() => readdirSync(directory)).toEqual([]);
  });

  it('connects to nobody to clear away nothing', async () => {
    const { client } = desk.live;
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = addressPort(server);
    const instance = await desk.live.addServer({ port, user: 'ada', login: { kind: 'password' } });
    const items = announced([{ path: 'x', bytes: text('x') }]);
    const { id } = await client.call('files.upload', {
      ...{ instance, directory, items },
      more: true,
    });
    await client.call('files.cancel', { transfer: id });
    await transferWhen(client, id, isEnded);
    await new Promise((resolve) => setTimeout(resolve, 200));
    server.close();
    expect(connections).toBe(0);
  });

  it('stands still while it is paused, and waits for a page that went away', async () => {
    const held = [{ path: 'file', bytes: randomBytes(1000) }];
    const { client } = desk.live;
    const { id } = await desk.call('files.upload', {
      directory,
      items: announced(held),
      more: false,
    });
    await client.call('files.pause', { transfer: id });
    const leaving = new AbortController();
    const gone = serveUpload(client, id, held, { loops: 1, signal: leaving.signal });
    expect((await transferWhen(client, id, ({ state }) => state === 'paused')).itemsDone).toBe(0);
    leaving.abort();
    await expect(gone).rejects.toMatchObject({ code: 'cancelled' });
    await client.call('files.resume', { transfer: id });
    await transferWhen(client, id, ({ state }) => state === 'stalled');
    await serveUpload(client, id, held);
    expect((await transferWhen(client, id, isEnded)).state).toBe('done');
    expect(readdirSync(directory)).toEqual(['file']);
  });

  it('leaves out what the page can no longer read, and says so', async () => {
    const held = [{ path: 'gone', bytes: text('12345') }];
    const { client } = desk.live;
    const { id } = await desk.call('files.upload', {
      directory,
      items: announced(held),
      more: false,
    });
    await client.call('files.nextToSend', { transfer: id });
    const { stream, opened } = client.stream('files.sendFile', { transfer: id, index: 0, from: 0 });
    await opened;
    stream.end();
    const done = await transferWhen(client, id, isEnded);
    expect(done.problems[0]?.failure.rule?.id).toBe('file-unreadable-here');
    await expect.poll(() => readdirSync(directory)).toEqual([]);
  });

  it('refuses a path that leads elsewhere', async () => {
    for (const path of ['../x', 'a/../../x', '/etc/x', 'a//b', '.']) {
      const items = announced([{ path, bytes: text('x') }]);
      const refused = desk.call('files.upload', { directory, items, more: false });
      await expect(refused).rejects.toMatchObject({ code: 'invalid' });
    }
  });
});

describe('a transfer', () => {
  it('is taken off the list only when it has ended', async () => {
    const { client } = desk.live;
    const done = await upload([{ path: 'file', bytes: text('x') }]);
    expect(existsSync(join(directory, 'file'))).toBe(true);
    await client.call('files.dismiss', { transfer: done.id });
    const { items } = await client.call('files.transfers', {});
    expect(items.some(({ id }) => id === done.id)).toBe(false);
    rmSync(join(directory, 'file'));
  });
});
