/** How far the pieces of a file come ahead of one that is late: so much of what a crash leaves is not certain to be there. */
import { expect, it } from 'vitest';
import { Lead } from '../../main/features/files/lead.ts';
import { mostAheadBytes, sureBytes } from '../../main/features/files/part-names.ts';
import { readSpan } from '../../main/features/files/remote-reader.ts';
import type { Sftp } from '../../main/features/files/sftp.ts';

const readBytes = 255 * 1024;
const size = 2 * mostAheadBytes;

/** As OpenSSH, which reads 255 KiB at once; what is asked at `late` is answered once everything else stands still. */
function channelWhere(late: number, release: Promise<void>): Sftp {
  const bytes = Buffer.alloc(readBytes);
  const played = {
    readBytes,
    channel: { outstanding: 0, recycle() {} },
    open: async () => Buffer.from('handle'),
    close: async () => {},
    stat: async () => ({ size }),
    async read(_handle: Buffer, offset: number, length: number) {
      if (offset === late) await release;
      return bytes.subarray(0, length);
    },
  };
  return played as unknown as Sftp;
}

it.each([0, 20 * readBytes])(
  'of what lies there while the piece at %d is late, what is held for certain is',
  async (late) => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const channels = Array.from({ length: 4 }, () => channelWhere(late, released));
    let end = 0;
    let moved = 0;
    const pace = { signal: new AbortController().signal, whenMoving: async () => {} };
    const span = { path: '/model', from: 0, to: size, inOrder: false };
    const reading = readSpan(channels, span, pace, async (bytes, offset) => {
      end = Math.max(end, offset + bytes.length);
      moved += bytes.length;
    });
    for (let before = -1; before !== moved; ) {
      before = moved;
      await new Promise(setImmediate);
    }
    expect(sureBytes(end)).toBeLessThanOrEqual(late);
    expect(end).toBeGreaterThan(mostAheadBytes / 2);
    release();
    await reading;
    expect(moved).toBe(size);
  },
);

it('a piece has room as long as its end is not too far ahead, and always once nobody waits any more', () => {
  const lead = new Lead(100);
  lead.begin(0);
  lead.begin(50);
  expect(lead.hasRoom(60, 40)).toBe(true);
  expect(lead.hasRoom(61, 40)).toBe(false);
  lead.end(0);
  expect(lead.hasRoom(61, 40)).toBe(true);
  expect(lead.hasRoom(120, 40)).toBe(false);
  lead.over();
  expect(lead.hasRoom(120, 40)).toBe(true);
});
