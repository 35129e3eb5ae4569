/** A text as a field edits it, and back with the line ends it came with: a field knows only line feeds. */

const lineEnd = /\r\n|\r|\n/g;

export type LineEnds = 'LF' | 'CRLF' | 'CR' | 'mixed';

const namedEnds: Readonly<Record<string, LineEnds>> = { '\n': 'LF', '\r\n': 'CRLF', '\r': 'CR' };

export const toField = (text: string): string => text.replace(lineEnd, '\n');

/** @returns LF for a text of a single line */
export function lineEndsOf(text: string): LineEnds {
  const ends = new Set(text.match(lineEnd));
  if (ends.size > 1) return 'mixed';
  return namedEnds[[...ends][0] ?? '\n'] ?? 'LF';
}

/**
 * The field's text with the original's line ends: every line that was not touched keeps its own,
 * every other has the one that occurs most. A missing last line feed stays missing unless it was typed.
 */
export function fromField(field: string, original: string): string {
  const ends = original.match(lineEnd) ?? [];
  const usual = mostFrequent(ends);
  if (ends.every((end) => end === usual)) return field.replaceAll('\n', usual);
  const before = toField(original).split('\n');
  const after = field.split('\n');
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const shift = before.length - after.length;
  return after
    .map((line, at) => {
      if (at === after.length - 1) return line;
      if (at < head) return line + (ends[at] ?? usual);
      if (at >= after.length - tail) return line + (ends[at + shift] ?? usual);
      return line + usual;
    })
    .join('');
}

function mostFrequent(ends: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const end of ends) counts.set(end, (counts.get(end) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '\n';
}

/** What the Tab key writes, in the manner of the text: a tab, or as many blanks as its lines step in by. */
export function indentOf(text: string): string {
  const [, blanks = ''] = /^( {2,8})\S/m.exec(text) ?? [];
  if (/^\t/m.test(text) || blanks === '') return '\t';
  return blanks.length % 4 === 0 ? '    ' : '  ';
}

/** Every line that holds something, one step further in. */
export const stepLinesIn = (text: string, indent: string): string =>
  text.replace(/^(?=[^\n])/gm, indent);
