/** Chance that can be repeated: the same seed gives the same numbers. */

/** Uniform in [0, 1). */
export type Random = () => number;

/** A 32-bit hash of a text (FNV-1a, with a final mix so that similar texts give different numbers). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** mulberry32: small, fast, and good enough for a make-believe cloud. */
export function createRandom(seed: string): Random {
  let state = hashText(seed);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @throws when there is nothing to choose from */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

const letters = 'abcdefghjkmnpqrstuvwxyz0123456789';

/** Such as `ins-7f2ka9xq`. */
export function randomId(random: Random, prefix: string, length = 8): string {
  return `${prefix}-${Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join('')}`;
}
