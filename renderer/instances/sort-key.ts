/** Keys that sort names as people do (`gpu-2` before `gpu-10`) and still compare fast: 100,000 names need no collator. */

export interface SortKey {
  /** Only ASCII: compared as it stands. */
  readonly plain: boolean;
  readonly text: string;
}

const longestKey = 200;
const digitsWide = 12;

export function textKey(text: string): SortKey {
  const start = text.slice(0, longestKey).toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is "ASCII"
  const plain = /^[\u0000-\u007f]*$/.test(start);
  return {
    plain,
    text: plain ? start.replace(/\d+/g, (digits) => digits.padStart(digitsWide, '0')) : start,
  };
}

/** ASCII names first, then all others in the order of the language. */
export function compareKeys(collator: Intl.Collator): (a: SortKey, b: SortKey) => number {
  return (a, b) => {
    if (a.plain && b.plain) return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
    if (a.plain !== b.plain) return a.plain ? -1 : 1;
    return collator.compare(a.text, b.text);
  };
}
