/** The name of a snapshot: what is suggested, and what is wrong with one that was typed. */

const longestName = 64;

export type NameProblem = 'empty' | 'long' | 'unprintable' | 'spaces';

// What must not stand in a name that is shown everywhere: control and text-direction characters.
const unprintable = /[\p{Cc}\p{Cf}]/u;
const everyUnprintable = /[\p{Cc}\p{Cf}]/gu;

const twoDigits = (value: number) => String(value).padStart(2, '0');

/**
 * `<instance>-<date>` in the operator's own time zone, numbered where that name is taken, the instance's
 * name cut where all of it is too long.
 */
export function suggestName(instanceName: string, now: Date, taken: ReadonlySet<string>): string {
  const date = [now.getFullYear(), twoDigits(now.getMonth() + 1), twoDigits(now.getDate())];
  const end = `-${date.join('-')}`;
  for (let number = 1; ; number += 1) {
    const name = nameWithEnd(instanceName, number === 1 ? end : `${end}-${number}`);
    if (!taken.has(name)) return name;
  }
}

function nameWithEnd(instanceName: string, end: string): string {
  const begin = instanceName
    .replace(everyUnprintable, '')
    .slice(0, longestName - end.length)
    // A character of two halves is not cut in the middle.
    .replace(/[\ud800-\udbff]$/, '')
    .trim();
  return begin === '' ? end.slice(1) : begin + end;
}

export function nameProblem(name: string): NameProblem | undefined {
  if (name.trim() === '') return 'empty';
  if (name.length > longestName) return 'long';
  if (unprintable.test(name)) return 'unprintable';
  return name === name.trim() ? undefined : 'spaces';
}
