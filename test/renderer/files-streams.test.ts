/** Files on their way between the page and the core: as much as is granted, taken up where it broke, announced in parts. */
import { describe, expect, test } from 'vitest';
import { ByteStream } from '../../preload/contract/byte-stream.ts';
import { CloudError, type Failure } from '../../preload/contract/errors.ts';
import { decodeStreamFrame } from '../../preload/contract/wire.ts';
import type { Client } from '../../renderer/client/client.ts';
import type { LocalItem } from '../../renderer/files/local-items.ts';
import { runDownload } from '../../renderer/files/page-download.ts';
import { runUpload } from '../../renderer/files/page-upload.ts';
import { receiveFile } from '../../renderer/files/receive-file.ts';
import { createArchivePlace } from '../../renderer/files/save-archive.ts';
import { sendFile } from '../../renderer/files/send-file.ts';

/** Two ends joined without a channel between. */
function joinedStreams(): { readonly page: ByteStream; readonly core: ByteStream } {
  const join = (frame: Uint8Array, to: ByteStream) => {
    const { credit, bytes } = decodeStreamFrame(frame);
    to.receive(credit, bytes);
  };
  const page: ByteStream = new ByteStream(
    1,
    (frame) => join(frame, core),
    () => core.close(),
  );
  const core: ByteStream = new ByteStream(
    1,
    (frame) => join(frame, page),
    (failure) => page.close(failure),
  );
  return { page, core };
}

const network: Failure = { code: 'network', message: 'the line broke', retryable: true };
const anyTime = '2026-11-20T10:00:00.000Z';
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, at) => at % 251);

describe('a file that is sent', () => {
  test('goes as far as was granted, and is sent when the other end says so', async () => {
    const { page, core } = joinedStreams();
    const bytes = bytesOf(1_300_000);
    const got: Uint8Array[] = [];
    let received = 0;
    core.onBytes((piece) => {
      got.push(piece.slice());
      received += piece.length;
      if (received === bytes.length) core.end();
      else if (received % 100_000 === 0) core.grant(100_000);
    });
    core.grant(100_000);
    const outcome = await sendFile(page, Promise.resolve(null), new Blob([bytes]), 0);
    expect(outcome).toEqual({ kind: 'sent' });
    expect(Buffer.concat(got).equals(Buffer.from(bytes))).toBe(true);
  });

  test('is sent from the byte that is asked for, and an empty one at once', async () => {
    const { page, core } = joinedStreams();
    const got: number[] = [];
    core.onBytes((piece) => {
      got.push(...piece);
      if (got.length === 3) core.end();
    });
    core.grant(10);
    await sendFile(page, Promise.resolve(null), new Blob([bytesOf(10)]), 7);
    expect(got).toEqual([7, 8, 9]);
    const empty = joinedStreams();
    setTimeout(() => empty.core.end());
    const outcome = await sendFile(empty.page, Promise.resolve(null), new Blob(), 0);
    expect(outcome).toEqual({ kind: 'sent' });
  });

  test('says when the line broke, and when it can no longer be read', async () => {
    const broken = joinedStreams();
    broken.core.onBytes(() => broken.core.end(network));
    broken.core.grant(5);
    const blob = new Blob([bytesOf(10)]);
    expect(await sendFile(broken.page, Promise.resolve(null), blob, 0)).toEqual({
      kind: 'broken',
      failure: network,
    });
    const { page, core } = joinedStreams();
    let closed = false;
    core.onClose(() => {
      closed = true;
    });
    const gone = Object.assign(new Blob([bytesOf(10)]), {
      stream: () =>
        new ReadableStream({ pull: (controller) => controller.error(new DOMException('gone')) }),
    });
    expect(await sendFile(page, Promise.resolve(null), gone, 0)).toEqual({
      kind: 'unreadable',
    });
    expect(closed).toBe(true);
  });
});

describe('a file that is received', () => {
  /** Hands out a stream for each attempt; `serve` plays the core's end of it. */
  const receive = (
    serve: (core: ByteStream, from: number, attempt: number) => void,
    isWanted = () => true,
  ) => {
    const written: number[] = [];
    let attempt = 0;
    const done = receiveFile({
      open(from) {
        const { page, core } = joinedStreams();
        attempt += 1;
        const now = attempt;
        core.onCredit(() => serve(core, from, now));
        return { stream: page, opened: Promise.resolve({ size: 10 }) };
      },
      isWanted,
      write: async (bytes) => void written.push(...bytes),
      restart: async () => void written.splice(0),
    });
    return { done, written };
  };

  test('is taken up again where the line broke', async () => {
    const bytes = bytesOf(10);
    const { done, written } = receive((core, from, attempt) => {
      core.send(bytes.subarray(from, attempt === 1 ? 4 : 10));
      core.end(attempt === 1 ? network : undefined);
    });
    await done;
    expect(written).toEqual([...bytes]);
  });

  test('starts anew when it became another one meanwhile', async () => {
    const { done, written } = receive((core, from, attempt) => {
      if (attempt === 1) core.send(bytesOf(4));
      if (attempt === 3) core.send(Uint8Array.of(9, 9));
      if (attempt === 3) expect(from).toBe(0);
      core.end(
        attempt === 1
          ? network
          : attempt === 2
            ? { code: 'conflict', message: 'changed', retryable: false }
            : undefined,
      );
    });
    await done;
    expect(written).toEqual([9, 9]);
  });

  test('ends with the reason when it is refused, or nobody wants it any more', async () => {
    const refused: Failure = { code: 'forbidden', message: 'no', retryable: false };
    await expect(receive((core) => core.end(refused)).done).rejects.toMatchObject(refused);
    const unwanted = receive(
      (core) => core.end(network),
      () => false,
    );
    await expect(unwanted.done).rejects.toMatchObject({ code: 'network' });
  });

  test('is not asked for faster than it is written, and fails as the writing does', async () => {
    const { page, core } = joinedStreams();
    let credit = 0;
    core.onCredit(() => {
      credit = core.credit;
      core.send(bytesOf(70_000));
    });
    const done = receiveFile({
      open: () => ({ stream: page, opened: Promise.resolve({ size: 1 }) }),
      isWanted: () => true,
      write: () => Promise.reject(new Error('the disk is full')),
      restart: async () => {},
    });
    await expect(done).rejects.toThrow('the disk is full');
    expect(credit).toBe(2 * 1024 * 1024);
  });
});

test('an upload of many files is announced in parts, and each is sent as it is asked for', async () => {
  const count = 4500;
  async function* items(): AsyncIterable<LocalItem> {
    for (let at = 0; at < count; at += 1) {
      yield { kind: 'file', path: `f${at}`, file: new File([String(at)], `f${at}`) };
    }
  }
  const announced: [name: string, items: number, more: boolean][] = [];
  const sent = new Map<number, string>();
  let next = 0;
  const client = {
    async call(name: string, args: { items: readonly unknown[]; more: boolean }) {
      if (name === 'files.nextToSend') {
        while (announced.at(-1)?.[2] !== false) await new Promise((go) => setTimeout(go));
        next += 1;
        return next <= 3 ? { kind: 'send', index: next * 1000, from: 0 } : { kind: 'end' };
      }
      announced.push([name, args.items.length, args.more]);
      return { id: 't1' };
    },
    stream(_name: string, { index }: { index: number }) {
      const { page, core } = joinedStreams();
      core.onBytes((bytes) => {
        sent.set(index, new TextDecoder().decode(bytes));
        core.end();
      });
      setTimeout(() => core.grant(100));
      return { stream: page, opened: Promise.resolve(null) };
    },
  };
  const begun: string[] = [];
  await runUpload(client as unknown as Client, {
    instance: 'servers/a',
    directory: '/tmp',
    items: items(),
    begun: (id) => begun.push(id),
  });
  expect(announced).toEqual([
    ['files.upload', 2000, true],
    ['files.announce', 2000, true],
    ['files.announce', 500, false],
  ]);
  expect(begun).toEqual(['t1']);
  expect([...sent]).toEqual([
    [1000, '1000'],
    [2000, '2000'],
    [3000, '3000'],
  ]);
});

test('an upload whose rest cannot be announced is called off, and says why', async () => {
  async function* items(): AsyncIterable<LocalItem> {
    for (let at = 0; at < 2500; at += 1) yield { kind: 'directory', path: `d${at}` };
  }
  const calls: string[] = [];
  const client = {
    async call(name: string) {
      calls.push(name);
      if (name === 'files.announce') throw new CloudError('quota', 'too many');
      return name === 'files.nextToSend' ? { kind: 'end' } : { id: 't1' };
    },
  };
  const upload = runUpload(client as unknown as Client, {
    instance: 'servers/a',
    directory: '/tmp',
    items: items(),
    begun: () => {},
  });
  await expect(upload).rejects.toMatchObject({ code: 'quota' });
  expect(calls.at(-1)).toBe('files.cancel');
});

test('a download to the page is done when it is in its place, and not before', async () => {
  const steps: string[] = [];
  const client = {
    async call(name: string) {
      steps.push(name);
      return [{ index: 0, path: 'a', kind: 'file', size: 3, modifiedAt: anyTime }];
    },
    stream() {
      const { page, core } = joinedStreams();
      core.onCredit(() => {
        core.send(bytesOf(3));
        core.end();
      });
      return { stream: page, opened: Promise.resolve({ size: 3 }) };
    },
  };
  const place = createArchivePlace('download.zip', () => steps.push('saved'));
  const wish = { transfer: 't1', place, isWanted: () => true };
  await runDownload(client as unknown as Client, wish);
  expect(steps).toEqual(['files.attend', 'files.items', 'saved', 'files.received']);
});

test('an archive holds its files one after the other though they came side by side', async () => {
  let saved: Blob | undefined;
  const place = createArchivePlace('download.zip', (_name, blob) => {
    saved = blob;
  });
  await place.directory('tree');
  const [first, second] = [await place.file('tree/a', anyTime), await place.file('b', anyTime)];
  await second.write(Uint8Array.of(4, 5, 6));
  await first.write(Uint8Array.of(1, 2, 3));
  await Promise.all([second.close(), first.close()]);
  await place.finish();
  const zip = Buffer.from(await (saved as Blob).arrayBuffer());
  expect(zip.indexOf(Buffer.from([1, 2, 3]))).toBeLessThan(zip.indexOf(Buffer.from([4, 5, 6])));
  expect(zip.includes('tree/a')).toBe(true);
});
