/** Memory for what a socket reads: taken from the kernel in pieces as large as they come, a fifth less work than 64 KiB at a time. */
import type { OnReadOpts } from 'node:net';

/** Small reads share a slab; nothing is ever written twice in one, because what was read is handed on as it lies there. */
const slabBytes = 1024 * 1024;
const largestReadBytes = 512 * 1024;
/** With less than this left a new slab is begun. */
const smallestReadBytes = 64 * 1024;

/** @param take gets each piece read; the memory is its own from then on */
export function createReadBuffer(take: (bytes: Buffer) => void): OnReadOpts {
  let slab = Buffer.allocUnsafeSlow(0);
  let used = 0;
  return {
    buffer: () => {
      if (slab.length - used < smallestReadBytes) {
        slab = Buffer.allocUnsafeSlow(slabBytes);
        used = 0;
      }
      return slab.subarray(used, used + largestReadBytes);
    },
    callback: (count, buffer) => {
      used += count;
      take(Buffer.from(buffer.buffer, buffer.byteOffset, count));
      return true;
    },
  };
}
