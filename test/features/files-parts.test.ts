/** What a crash leaves of a transfer: the next one to the same place goes on with it or clears it away, and nothing piles up. */
import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPartNames, mostAheadBytes } from '../../main/features/files/part-names.ts';
import { type FilesDesk, startFilesDesk } from '../support/files-desk.ts';
import {
  announced,
  type HeldFile,
  isEnded,
  serveUpload,
  transferWhen,
} from '../support/held-files.ts';
import { createTempDir } from '../support/temp-dir.ts';

const mebibyte = 1024 * 1024;
const large = randomBytes(mostAheadBytes + 8 * mebibyte);
const mostOfIt = mostAheadBytes + 5 * mebibyte;

let desk: FilesDesk;
let directory: string;
let folder: string;
let count = 0;
const local = createTempDir('downloads');

beforeAll(async () => {
  desk = await startFilesDesk({}, { platform: { chooseFolder: () => Promise.resolve(folder) } });
  // Before the first one it has no name for itself.
  const text = { path: join(desk.sshd.home, 'first'), text: '', version: null };
  await desk.call('files.write', text);
});
afterAll(async () => {
  await desk.stop();
  local.remove();
});
beforeEach(() => {
  count += 1;
  directory = join(desk.sshd.home, `work-${count}`);
  mkdirSync(directory);
  folder = mkdtempSync(join(local.path, 'to-'));
});

const there = (name: string) => join(directory, name);
const here = (name: string) => join(folder, name);
const ended = (id: string) => transferWhen(desk.live.client, id, isEnded);

/** As the application names them after a restart: it knows itself by its settings only. */
const partNames = () => {
  const settings = readFileSync(join(desk.live.dataDirectory, 'settings.json'), 'utf8');
  return createPartNames(() => JSON.parse(settings).installation);
};

/** Most of the large file, as a crash leaves it; its first bytes, which nobody compares, tell whether they were moved again. */
function withOtherBeginning(): Buffer {
  const left = Buffer.from(large.subarray(0, mostOfIt));
  left.fill(0, 0, 1000);
  return left;
}
function expectWentOn(got: Buffer): void {
  expect(got.subarray(0, 1000).equals(Buffer.alloc(1000))).toBe(true);
  expect(got.subarray(1000).equals(large.subarray(1000))).toBe(true);
}

describe('an upload', () => {
  const beginUpload = async (held: readonly HeldFile[]) => {
    desk.giveAway(directory);
    const items = announced(held);
    return (await desk.call('files.upload', { directory, items, more: false })).id;
  };
  const upload = async (held: readonly HeldFile[]) => {
    const id = await beginUpload(held);
    void serveUpload(desk.live.client, id, held);
    return ended(id);
  };
  const partOf = (name: string, [item]: ReturnType<typeof announced>) => {
    const place = { instance: desk.instance, directory, name };
    return partNames().claim(place, [item?.size ?? 0, item?.modifiedAt ?? '', 'new']).name;
  };

  it('goes on with its own part, and sends no more than is missing', async () => {
    const held = [{ path: 'model', bytes: large }];
    writeFileSync(there(partOf('model', announced(held))), withOtherBeginning());
    expect(await upload(held)).toMatchObject({ state: 'done', problems: [] });
    expect(readdirSync(directory)).toEqual(['model']);
    expectWentOn(readFileSync(there('model')));
  });

  it('begins anew where its part turns out to be another file', async () => {
    const held = [{ path: 'model', bytes: large }];
    writeFileSync(there(partOf('model', announced(held))), randomBytes(mostOfIt));
    expect(await upload(held)).toMatchObject({ state: 'done', problems: [] });
    expect(readdirSync(directory)).toEqual(['model']);
    expect(readFileSync(there('model')).equals(large)).toBe(true);
  });

  it('clears away its own parts of other content, and touches nobody else’s', async () => {
    const held = [{ path: 'notes', bytes: Buffer.from('new') }];
    const earlier = { ...held[0], path: 'notes', modifiedAt: '2025-01-02T03:04:05.000Z' };
    const small = partOf('notes', announced(held));
    const old = partOf('notes', announced([earlier]));
    const others = '.notes.0123abcd-0123abcd.part';
    for (const name of [small, old, others]) writeFileSync(there(name), 'left');
    expect(await upload(held)).toMatchObject({ state: 'done', problems: [] });
    expect(readdirSync(directory).sort()).toEqual([others, 'notes']);
    expect(readFileSync(there('notes'), 'utf8')).toBe('new');
  });

  it('goes on where one was abandoned by its page, which leaves the list', async () => {
    const { client } = desk.live;
    const held = [{ path: 'tree' }, { path: 'tree/model', bytes: large }];
    mkdirSync(there('tree'));
    const place = { instance: desk.instance, directory: there('tree'), name: 'model' };
    const [, item] = announced(held);
    const content = [large.length, item?.modifiedAt ?? '', 'new'];
    writeFileSync(there(`tree/${partNames().claim(place, content).name}`), withOtherBeginning());
    const former = await beginUpload(held);
    // Told what to send, the page goes.
    await client.call('files.nextToSend', { transfer: former });
    await transferWhen(client, former, ({ state }) => state === 'stalled');

    expect(await upload(held)).toMatchObject({ state: 'done', problems: [] });
    expect(readdirSync(there('tree'))).toEqual(['model']);
    expectWentOn(readFileSync(there('tree/model')));
    const { items } = await client.call('files.transfers', {});
    expect(items.filter(({ id }) => id === former)).toEqual([]);
  });

  it('leaves alone what was abandoned of other files, or on its way to another place', async () => {
    const { client } = desk.live;
    const file = { path: 'same', bytes: Buffer.from('content') };
    const elsewhere = there('elsewhere');
    mkdirSync(elsewhere);
    desk.giveAway(directory);
    const begin = async (to: string, held: readonly HeldFile[]) => {
      const order = { directory: to, items: announced(held), more: false };
      return (await desk.call('files.upload', order)).id;
    };
    const others = [
      await begin(elsewhere, [file]),
      await begin(directory, [{ ...file, modifiedAt: '2025-01-02T03:04:05.000Z' }]),
    ];
    for (const id of others) await transferWhen(client, id, ({ state }) => state === 'stalled');
    expect(await upload([file])).toMatchObject({ state: 'done', problems: [] });
    const { items } = await client.call('files.transfers', {});
    const states = others.map((id) => items.find((item) => item.id === id)?.state);
    expect(states).toEqual(['stalled', 'stalled']);
    for (const transfer of others) await client.call('files.cancel', { transfer });
  });

  it('has a part of its own while another one goes to the same place', async () => {
    const held = [{ path: 'same', bytes: Buffer.from('content') }];
    const { client } = desk.live;
    const ids: string[] = [];
    for (let at = 0; at < 2; at += 1) {
      const transfer = await beginUpload(held);
      ids.push(transfer);
      await client.call('files.nextToSend', { transfer });
      const { opened } = client.stream('files.sendFile', { transfer, index: 0, from: 0 });
      await opened;
    }
    await expect.poll(() => readdirSync(directory).length).toBe(2);
    for (const transfer of ids) await client.call('files.cancel', { transfer });
    await expect.poll(() => readdirSync(directory)).toEqual([]);
  });
});

describe('a download to disk', () => {
  const download = async (name: string) => {
    desk.giveAway(directory);
    const outcome = await desk.call('files.download', { directory, names: [name] });
    if (outcome.kind !== 'to-disk') throw new Error(outcome.kind);
    return ended(outcome.transfer.id);
  };
  const partOf = (name: string) => {
    const { size, mtimeMs, mode } = statSync(there(name));
    const content = [there(name), size, Math.floor(mtimeMs / 1000), mode & 0o7777, 'new'];
    return partNames().claim({ directory: folder, name }, content).name;
  };

  it('goes on with its own part, and reads no more than is missing', async () => {
    writeFileSync(there('model'), large);
    writeFileSync(here(partOf('model')), withOtherBeginning());
    expect(await download('model')).toMatchObject({ state: 'done', problems: [] });
    expect(readdirSync(folder)).toEqual(['model']);
    expectWentOn(readFileSync(here('model')));
  });

  it('begins anew where the machine was started since, for its disk may have lost some of the part', async () => {
    writeFileSync(there('model'), large);
    const part = here(partOf('model'));
    writeFileSync(part, withOtherBeginning());
    const beforeStart = Date.now() / 1000 - uptime() - 60;
    utimesSync(part, beforeStart, beforeStart);
    expect(await download('model')).toMatchObject({ state: 'done', problems: [] });
    expect(readdirSync(folder)).toEqual(['model']);
    expect(readFileSync(here('model')).equals(large)).toBe(true);
  });

  it('begins anew, and is not longer than the file, where its part is another one', async () => {
    writeFileSync(there('model'), large.subarray(0, mebibyte));
    const part = here(partOf('model'));
    writeFileSync(part, 'another file');
    truncateSync(part, 2 * mostAheadBytes);
    expect(await download('model')).toMatchObject({ state: 'done', problems: [] });
    expect(readdirSync(folder)).toEqual(['model']);
    expect(readFileSync(here('model')).equals(large.subarray(0, mebibyte))).toBe(true);
  });

  it('clears away its own parts of other content', async () => {
    writeFileSync(there('notes'), 'old');
    utimesSync(there('notes'), 1_000_000, 1_000_000);
    writeFileSync(here(partOf('notes')), 'ol');
    writeFileSync(there('notes'), 'new');
    writeFileSync(here(partOf('notes')), 'n');
    expect(await download('notes')).toMatchObject({ state: 'done', problems: [] });
    expect(readdirSync(folder)).toEqual(['notes']);
    expect(readFileSync(here('notes'), 'utf8')).toBe('new');
  });
});

it('a text that is edited in place leaves one part at most, and clears it away at the next save', async () => {
  writeFileSync(there('script'), 'echo 1');
  desk.giveAway(directory);
  const path = there('script');
  const { version } = await desk.call('files.read', { path });
  const place = { instance: desk.instance, directory, name: 'script' };
  writeFileSync(there(partNames().claim(place, []).name), 'half of a te');
  desk.giveAway(directory);
  const { kind } = await desk.call('files.write', { path, text: 'echo 2', version });
  expect(kind).toBe('written');
  expect(readdirSync(directory)).toEqual(['script']);
  expect(readFileSync(path, 'utf8')).toBe('echo 2');
});
