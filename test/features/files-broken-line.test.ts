/** Transfers over a line that breaks: they wait, go on from where they were, and never mix two files into one. */
import { createHash, randomBytes } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FilesDesk, startFilesDesk } from '../support/files-desk.ts';
import {
  announced,
  isEnded,
  receiveFile,
  serveUpload,
  transferWhen,
} from '../support/held-files.ts';
import { type FaultProxy, startProxy } from '../support/proxy.ts';
import { createTempDir } from '../support/temp-dir.ts';

const size = 48 * 1024 * 1024;
let proxy: FaultProxy;
let desk: FilesDesk;
let page: FilesDesk;
let pageProxy: FaultProxy;
let directory: string;
let folder: string;
const local = createTempDir('downloads');
let count = 0;

beforeAll(async () => {
  const through = (keep: (proxy: FaultProxy) => void) => ({
    port: async ({ port }: { readonly port: number }) => {
      const made = await startProxy(port);
      keep(made);
      return made.port;
    },
  });
  desk = await startFilesDesk(
    through((made) => {
      proxy = made;
    }),
    { platform: { chooseFolder: () => Promise.resolve(folder) } },
  );
  page = await startFilesDesk(
    through((made) => {
      pageProxy = made;
    }),
  );
});
afterAll(async () => {
  await desk.stop();
  await page.stop();
  await proxy.stop();
  await pageProxy.stop();
  local.remove();
});
beforeEach(() => {
  count += 1;
  directory = join(desk.sshd.home, `work-${count}`);
  mkdirSync(directory);
  desk.giveAway(directory);
  folder = mkdtempSync(join(local.path, 'to-'));
});

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const partIn = (path: string) => readdirSync(path).find((name) => name.endsWith('.part')) ?? '';

async function beginUpload(bytes: Buffer, name = 'large'): Promise<string> {
  const held = [{ path: name, bytes }];
  const { id } = await desk.call('files.upload', {
    directory,
    items: announced(held),
    more: false,
  });
  void serveUpload(desk.live.client, id, held, { loops: 1 }).catch(() => {});
  return id;
}
async function beginDownload(name: string): Promise<string> {
  const outcome = await desk.call('files.download', { directory, names: [name] });
  if (outcome.kind !== 'to-disk') throw new Error(outcome.kind);
  return outcome.transfer.id;
}
const movedBy = (id: string, bytes: number) =>
  transferWhen(desk.live.client, id, ({ bytesDone }) => bytesDone > bytes);
const waits = (id: string) =>
  transferWhen(desk.live.client, id, ({ state }) => state === 'waiting');
const ends = (id: string) => transferWhen(desk.live.client, id, isEnded);
const back = async () => {
  await proxy.comeBack();
  desk.live.changeNetwork();
};
/** Slow enough to be interrupted. */
const slowly = () => proxy.delay(40);

describe('an upload over a line that breaks', () => {
  it('goes on from where it was, and is the same file in the end', async () => {
    slowly();
    const bytes = randomBytes(size);
    const id = await beginUpload(bytes);
    for (const share of [0.2, 0.5, 0.8]) {
      await movedBy(id, size * share);
      proxy.cut();
    }
    const done = await ends(id);
    expect(done).toMatchObject({ state: 'done', bytesDone: size, problems: [] });
    expect(hashOf(readFileSync(join(directory, 'large')))).toBe(hashOf(bytes));
    expect(readdirSync(directory)).toEqual(['large']);
  });

  it('begins again when what was there has changed meanwhile', async () => {
    slowly();
    const bytes = randomBytes(size);
    const id = await beginUpload(bytes);
    await movedBy(id, size * 0.3);
    await proxy.goAway();
    const part = join(directory, partIn(directory));
    truncateSync(part, 1000);
    appendFileSync(part, randomBytes(size));
    await waits(id);
    await back();
    expect(await ends(id)).toMatchObject({ state: 'done', bytesDone: size });
    expect(hashOf(readFileSync(join(directory, 'large')))).toBe(hashOf(bytes));
  });

  it('waits for a person, and does not knock again, when it may no longer log in', async () => {
    slowly();
    const bytes = randomBytes(size);
    const id = await beginUpload(bytes);
    await movedBy(id, size * 0.3);
    await proxy.goAway();
    const keys = join(dirname(desk.sshd.home), 'authorized_keys');
    const key = readFileSync(keys);
    writeFileSync(keys, '');
    await back();
    const stopped = await transferWhen(desk.live.client, id, ({ state }) => state === 'paused');
    expect(stopped.failure?.code).toBe('unauthenticated');
    const knocks = proxy.accepted();
    desk.live.changeNetwork();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(proxy.accepted()).toBe(knocks);
    writeFileSync(keys, key);
    await desk.live.client.call('files.resume', { transfer: id });
    expect((await ends(id)).state).toBe('done');
    expect(hashOf(readFileSync(join(directory, 'large')))).toBe(hashOf(bytes));
  });

  it('is cleared away over a new line when it is cancelled without one', async () => {
    slowly();
    const id = await beginUpload(randomBytes(size));
    await movedBy(id, size * 0.2);
    await proxy.goAway();
    await waits(id);
    await desk.live.client.call('files.cancel', { transfer: id });
    expect(partIn(directory)).not.toBe('');
    await back();
    await expect.poll(() => readdirSync(directory)).toEqual([]);
  });
});

describe('a download over a line that breaks', () => {
  it('goes on from where it was, and is the same file in the end', async () => {
    slowly();
    const bytes = randomBytes(size);
    writeFileSync(join(directory, 'large'), bytes);
    const id = await beginDownload('large');
    for (const share of [0.2, 0.5, 0.8]) {
      await movedBy(id, size * share);
      proxy.cut();
    }
    expect(await ends(id)).toMatchObject({ state: 'done', bytesDone: size, problems: [] });
    expect(hashOf(readFileSync(join(folder, 'large')))).toBe(hashOf(bytes));
    expect(readdirSync(folder)).toEqual(['large']);
  });

  it('begins again when the file is another one by then', async () => {
    slowly();
    writeFileSync(join(directory, 'large'), randomBytes(size));
    const id = await beginDownload('large');
    await movedBy(id, size * 0.4);
    await proxy.goAway();
    const other = randomBytes(size + 12_345);
    writeFileSync(join(directory, 'large'), other);
    await waits(id);
    await back();
    expect((await ends(id)).state).toBe('done');
    expect(hashOf(readFileSync(join(folder, 'large')))).toBe(hashOf(other));
  });

  it('leaves nothing behind when it is cancelled without a line', async () => {
    slowly();
    writeFileSync(join(directory, 'large'), randomBytes(size));
    const id = await beginDownload('large');
    await movedBy(id, size * 0.2);
    await proxy.goAway();
    await waits(id);
    await desk.live.client.call('files.cancel', { transfer: id });
    await expect.poll(() => readdirSync(folder)).toEqual([]);
    await back();
  });
});

describe('a download to the page over a line that breaks', () => {
  it('goes on from what the page has', async () => {
    const bytes = randomBytes(size);
    writeFileSync(join(page.sshd.home, 'large'), bytes);
    const { client } = page.live;
    pageProxy.delay(40);
    const outcome = await page.call('files.download', { directory: '', names: ['large'] });
    if (outcome.kind !== 'to-page') throw new Error(outcome.kind);
    const { id } = outcome.transfer;
    const [item] = await client.call('files.items', { transfer: id });
    const received = receiveFile(client, id, item?.index ?? 0);
    await transferWhen(client, id, ({ bytesDone }) => bytesDone > size / 2);
    pageProxy.cut();
    const { bytes: whole, tries } = await received;
    expect(tries).toBe(2);
    expect(hashOf(whole)).toBe(hashOf(bytes));
    await client.call('files.received', { transfer: id });
    expect(await transferWhen(client, id, isEnded)).toMatchObject({
      state: 'done',
      bytesDone: size,
    });
  });
});
