/** The name of a snapshot that is suggested. */
import { disguises } from '../../../preload/contract/constants.ts';

const everyDisguise = new RegExp(`[${disguises}]`, 'gu');

const twoDigits = (value: number) => String(value).padStart(2, '0');

/**
 * `<instance>-<date>` in the operator's own time zone, numbered where that name is taken, the instance's
 * name cut where all of it is too long.
 */
export function suggestName(
  instanceName: string,
  now: Date,
  taken: ReadonlySet<string>,
  longest: number,
): string {
  const date = [now.getFullYear(), twoDigits(now.getMonth() + 1), twoDigits(now.getDate())];
  const end = `-${date.join('-')}`;
  for (let number = 1; ; number += 1) {
    const name = nameWithEnd(instanceName, number === 1 ? end : `${end}-${number}`, longest);
    if (!taken.has(name)) return name;
  }
}

function nameWithEnd(instanceName: string, end: string, longest: number): string {
  const begin = instanceName
    .replace(everyDisguise, '')
    .trim()
    .slice(0, longest - end.length)
    // A character of two halves is not cut in the middle.
    .replace(/[\ud800-\udbff]$/, '')
    .trim();
  return begin === '' ? end.slice(1) : begin + end;
}
