/** The name of a file that is not whole yet, beside the one it will take. */
import { randomBytes } from 'node:crypto';
import { bytesOf, textOf } from './remote-text.ts';

/** File systems take 255 bytes. */
const mostStemBytes = 200;
export const partEnding = '.part';

/** Hidden, unlikely to be anybody's, and recognisable: `.model.bin.3f9a01c2.part`. */
export function partName(name: string, mark = randomBytes(4).toString('hex')): string {
  const bytes = bytesOf(name);
  let end = Math.min(bytes.length, mostStemBytes);
  // Not in the middle of a character: its further bytes begin with the bits 10.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80 && end > 0) end -= 1;
  return `.${textOf(bytes.subarray(0, end))}.${mark}${partEnding}`;
}
