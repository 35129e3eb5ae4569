/** What changes while a transfer waits, stands beside it or comes back under another spelling costs nobody a byte. */
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConflictChoice, Transfer } from '../../preload/contract/files.ts';
import { type FilesDesk, startFilesDesk } from '../support/files-desk.ts';
import {
  announced,
  type HeldFile,
  isEnded,
  serveUpload,
  transferWhen,
} from '../support/held-files.ts';
import { createTempDir } from '../support/temp-dir.ts';

let desk: FilesDesk;
let directory: string;
let folder: string;
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

const there = (name: string) => join(directory, name);
const here = (name: string) => join(folder, name);
const when = (id: string, isWished: (transfer: Transfer) => boolean) =>
  transferWhen(desk.live.client, id, isWished);
const isAsked = (transfer: Transfer) => isEnded(transfer) || transfer.state === 'conflict';
async function resolve(transfer: string, choice: ConflictChoice): Promise<void> {
  const path = (await when(transfer, isAsked)).conflict?.path ?? '';
  await desk.live.client.call('files.resolve', { transfer, path, choice, forAll: true });
}

async function download(...names: string[]): Promise<string> {
  const outcome = await desk.call('files.download', { directory, names });
  if (outcome.kind !== 'to-disk') throw new Error(outcome.kind);
  return outcome.transfer.id;
}
async function announceUpload(held: readonly HeldFile[]): Promise<string> {
  const items = announced(held);
  return (await desk.call('files.upload', { directory, items, more: false })).id;
}

it('nothing is removed where one of the paths may not be', async () => {
  writeFileSync(there('file'), 'x');
  desk.giveAway(directory);
  for (const root of ['/', '//', `${directory}/..`, '.']) {
    const asked = desk.call('files.remove', { paths: [there('file'), root] });
    await expect(asked).rejects.toMatchObject({ rule: { id: 'file-root' } });
  }
  expect(readdirSync(directory)).toEqual(['file']);
  for (let number = 0; number < 300; number += 1) writeFileSync(there(`many-${number}`), '');
  desk.giveAway(directory);
  const paths = readdirSync(directory).map(there);
  expect(await desk.call('files.remove', { paths })).toEqual({ removed: 301 });
});

describe('a download', () => {
  it('keeps both again and again', async () => {
    writeFileSync(there('model.bin'), 'x');
    for (let round = 0; round < 3; round += 1) {
      const id = await download('model.bin');
      if ((await when(id, isAsked)).state === 'conflict') await resolve(id, 'keep-both');
      expect((await when(id, isEnded)).problems).toEqual([]);
    }
    expect(readdirSync(folder).sort()).toEqual(['model (2).bin', 'model (3).bin', 'model.bin']);
  });

  it('keeps two names apart that are one where accents may be written in two ways', async () => {
    mkdirSync(there('tree'));
    writeFileSync(there('tree/caf\u00e9'), 'one');
    writeFileSync(there('tree/cafe\u0301'), 'other');
    await when(await download('tree'), isEnded);
    const names = readdirSync(here('tree')).map((name) => name.normalize());
    expect(names.sort()).toEqual(['caf\u00e9', 'caf\u00e9 (2)']);
  });

  it('brings the whole of a file that was written anew since it was looked at', async () => {
    writeFileSync(here('a'), 'mine');
    writeFileSync(there('a'), 'theirs');
    writeFileSync(there('small'), 'short');
    writeFileSync(there('large'), randomBytes(2 * 1024 * 1024));
    const id = await download('a', 'small', 'large');
    await when(id, isAsked);
    const large = randomBytes(3 * 1024 * 1024);
    writeFileSync(there('small'), 'rather longer');
    writeFileSync(there('large'), large);
    await resolve(id, 'skip');
    expect(await when(id, isEnded)).toMatchObject({ state: 'done', problems: [] });
    const { bytes, bytesDone } = await when(id, isEnded);
    expect([bytes, bytesDone]).toEqual([13 + large.length, 13 + large.length]);
    expect(readFileSync(here('small'), 'utf8')).toBe('rather longer');
    expect(readFileSync(here('large')).equals(large)).toBe(true);
    expect(readFileSync(here('a'), 'utf8')).toBe('mine');
  });

  it('brings a log that never stops growing as it was at some moment', async () => {
    const line = `${'x'.repeat(99)}\n`;
    writeFileSync(there('log'), line.repeat(60_000));
    const growing = setInterval(() => appendFileSync(there('log'), line), 1);
    const done = await when(await download('log'), isEnded);
    clearInterval(growing);
    expect(done).toMatchObject({ state: 'done', problems: [] });
    const brought = readFileSync(here('log'), 'utf8');
    expect(brought).toBe(line.repeat(brought.length / 100));
  });

  it('cuts nothing off a file here that grew before it could be gone on with', async () => {
    writeFileSync(there('log'), randomBytes(1000));
    writeFileSync(here('log'), 'mine');
    const id = await download('log');
    await when(id, isAsked);
    appendFileSync(here('log'), ', and more of mine');
    await resolve(id, 'resume');
    const { problems } = await when(id, isEnded);
    expect(problems[0]?.failure.rule?.id).toBe('file-tail-differs');
    expect(readFileSync(here('log'), 'utf8')).toBe('mine, and more of mine');
  });
});

describe('an upload', () => {
  it('takes no answer that was about another file', async () => {
    const held = ['a', 'b'].map((path) => ({ path, bytes: randomBytes(10) }));
    for (const { path } of held) writeFileSync(there(path), 'theirs');
    desk.giveAway(directory);
    const id = await announceUpload(held);
    await when(id, isAsked);
    const answer = (choice: ConflictChoice) =>
      desk.live.client.call('files.resolve', {
        transfer: id,
        path: there('a'),
        choice,
        forAll: false,
      });
    await answer('skip');
    // From a page that still shows the first.
    await expect(answer('overwrite')).rejects.toMatchObject({
      rule: { id: 'transfer-no-conflict' },
    });
    await resolve(id, 'skip');
    await when(id, isEnded);
    expect(readFileSync(there('b'), 'utf8')).toBe('theirs');
  });

  it('cuts nothing off a file there that grew before it could be gone on with', async () => {
    const bytes = randomBytes(1000);
    for (const name of ['begun', 'cancelled']) {
      writeFileSync(there(name), bytes.subarray(0, 100));
      desk.giveAway(directory);
      const held = [{ path: name, bytes }];
      const id = await announceUpload(held);
      await when(id, isAsked);
      appendFileSync(there(name), ', and more of theirs');
      await resolve(id, 'resume');
      await when(id, ({ state }) => state === 'running' || state === 'stalled');
      if (name === 'cancelled') await desk.live.client.call('files.cancel', { transfer: id });
      else await serveUpload(desk.live.client, id, held);
      await when(id, isEnded);
      // What a cancelled one clears away, it clears away afterwards.
      await desk.call('files.list', { path: directory });
      await new Promise((go) => setTimeout(go, 200));
      expect(readFileSync(there(name)).subarray(100).toString()).toBe(', and more of theirs');
    }
  });

  it('over a private file shows its content to nobody meanwhile', async () => {
    writeFileSync(there('secret'), 'old', { mode: 0o600 });
    desk.giveAway(directory);
    const bytes = randomBytes(200_000);
    const id = await announceUpload([{ path: 'secret', bytes }]);
    await when(id, isAsked);
    await resolve(id, 'overwrite');
    const { client } = desk.live;
    await client.call('files.nextToSend', { transfer: id });
    const { stream } = client.stream('files.sendFile', { transfer: id, index: 0, from: 0 });
    await new Promise<void>((go) => stream.onCredit(go));
    stream.send(bytes.subarray(0, 100_000));
    await expect.poll(() => readdirSync(directory)).toHaveLength(2);
    for (const name of readdirSync(directory)) {
      expect(statSync(there(name)).mode & 0o777).toBe(0o600);
    }
    stream.send(bytes.subarray(100_000));
    expect((await when(id, isEnded)).problems).toEqual([]);
    expect(statSync(there('secret')).mode & 0o777).toBe(0o600);
    expect(readFileSync(there('secret')).equals(bytes)).toBe(true);
  });

  it('ends with the reason when its server is taken off the list', async () => {
    const held = [{ path: 'large', bytes: randomBytes(3 * 1024 * 1024) }];
    const id = await announceUpload(held);
    const { client } = desk.live;
    await client.call('files.nextToSend', { transfer: id });
    const { stream } = client.stream('files.sendFile', { transfer: id, index: 0, from: 0 });
    await new Promise<void>((go) => stream.onCredit(go));
    stream.send(held[0]?.bytes.subarray(0, 500_000) ?? Buffer.alloc(0));
    await when(id, ({ bytesDone }) => bytesDone > 0);
    const { instance } = desk;
    const run = { account: 'servers', action: 'remove-server', input: {}, instance };
    expect(await client.call('actions.run', run)).toMatchObject({ kind: 'done' });
    await desk.sshd.down();
    stream.send(held[0]?.bytes.subarray(500_000) ?? Buffer.alloc(0));
    expect(await when(id, isEnded)).toMatchObject({ state: 'failed' });
  });
});
