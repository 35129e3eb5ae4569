/** What a session said: whole and in order for everybody who attaches, as fast as they take it, the newest kept. */
import { expect, test } from 'vitest';
import { OutputBuffer } from '../../main/features/ssh/output-buffer.ts';
import { ByteStream } from '../../preload/contract/byte-stream.ts';
import { decodeStreamFrame } from '../../preload/contract/wire.ts';
import { mustEnd } from '../support/must-end.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const nothing = new Uint8Array(0);

function attachTo(output: OutputBuffer, from = -1) {
  const received: Uint8Array[] = [];
  const stream = new ByteStream(
    1,
    (frame) => received.push(decodeStreamFrame(frame).bytes.slice()),
    () => {},
  );
  const start = output.attach(stream, from);
  return {
    start,
    take: (bytes: number) => stream.receive(bytes, nothing),
    received: () => Buffer.concat(received),
    leave: () => output.detach(stream),
  };
}

/** Numbered bytes, so that every loss and every repetition shows. */
function numbered(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at + 4 <= length; at += 4) bytes.writeUInt32BE(at, at);
  return bytes;
}

function pushAll(output: OutputBuffer, bytes: Buffer, pieceBytes: number): void {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    output.push(bytes.subarray(at, at + pieceBytes));
  }
}

test.each([7, 1000, 65_536, 200_001])(
  'arrives whole in pieces of %i bytes, however little is taken at a time',
  async (pieceBytes) => {
    const output = new OutputBuffer(() => {});
    const page = attachTo(output);
    const bytes = numbered(400_000);
    pushAll(output, bytes, pieceBytes);
    await turn();
    for (let taken = 0; taken < bytes.length; taken += 33_333) page.take(33_333);
    expect(page.received().equals(bytes)).toBe(true);
  },
);

test('keeps at least the newest two megabytes for whoever comes late, and says where they begin', async () => {
  const output = new OutputBuffer(() => {});
  const bytes = numbered(5_000_000);
  pushAll(output, bytes, 10_000);
  const late = attachTo(output);
  const asking = attachTo(output, 4_999_000);
  late.take(10_000_000);
  asking.take(10_000_000);
  await turn();
  expect(late.start).toBeGreaterThan(2_500_000);
  expect(late.start).toBeLessThanOrEqual(5_000_000 - 2 * 1024 * 1024);
  expect(late.received().equals(bytes.subarray(late.start))).toBe(true);
  expect([asking.start, asking.received().length]).toEqual([4_999_000, 1000]);
});

test('pauses the source for a page that does not take it, drops nothing of it, and goes on when it does or leaves', async () => {
  const paused: boolean[] = [];
  const output = new OutputBuffer((now) => paused.push(now));
  const page = attachTo(output);
  const bytes = numbered(4_000_000);
  pushAll(output, bytes, 50_000);
  await turn();
  expect(paused).toEqual([true]);
  page.take(4_000_000);
  expect(paused).toEqual([true, false]);
  expect(page.received().equals(bytes)).toBe(true);
  const leaving = attachTo(output);
  pushAll(output, bytes, 50_000);
  leaving.leave();
  expect(paused.at(-1)).toBe(true);
  page.leave();
  expect(paused.at(-1)).toBe(false);
});

test('stays quick through a day of short lines', async () => {
  const output = new OutputBuffer(() => {});
  const page = attachTo(output);
  page.take(0xffff_ffff);
  const line = Buffer.alloc(20, 'a');
  // It takes a tenth of a second; going through all that is kept for each line takes minutes.
  mustEnd(() => {
    for (let count = 0; count < 200_000; count += 1) output.push(line);
  });
  await turn();
  expect(page.received()).toHaveLength(4_000_000);
});
