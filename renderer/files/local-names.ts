/** Names of an instance as this machine can take them: nothing that leads elsewhere, hides, or that a system refuses. */
import { plainly } from '../ui/plain-text.tsx';

const longestName = 200;
const refusedHere = /[\\/:*?"<>|]/g;
const reservedOnWindows = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A single name, never a path. */
export function localName(name: string): string {
  const plain = plainly(name, Number.POSITIVE_INFINITY)
    .replace(refusedHere, '_')
    .replace(/\p{Surrogate}/gu, '_')
    .replace(/[. ]+$/, '_');
  const safe = plain === '' || reservedOnWindows.test(plain) ? `_${plain}` : plain;
  if (safe.length <= longestName) return safe;
  const [, ending = ''] = /(\.[^.]{1,12})$/.exec(safe) ?? [];
  return safe.slice(0, longestName - ending.length).replace(/[\ud800-\udbff]$/, '') + ending;
}

/** `report.txt` as `report (1).txt`. */
export function numberedName(name: string, number: number): string {
  const [, stem = name, ending = ''] = /^(.+?)(\.[^.]*)?$/.exec(name) ?? [];
  return `${stem} (${number})${ending}`;
}

const sameNameKey = (name: string): string => name.toUpperCase().normalize();

/**
 * Local paths for the paths of a transfer, parents first: two names that are one here (`a:b` and `a_b`, or
 * `Readme` and `README` where capitals do not count, or an accent written in two ways) stay two files.
 * @param taken names that are there already, in the place the transfer goes to
 */
export function createLocalPaths(taken: Iterable<string> = []): (path: string) => string {
  const chosen = new Map<string, string>();
  const used = new Map<string, Set<string>>([['', new Set([...taken].map(sameNameKey))]]);

  function localPath(path: string): string {
    const known = chosen.get(path);
    if (known !== undefined) return known;
    const cut = path.lastIndexOf('/');
    const parent = cut < 0 ? '' : localPath(path.slice(0, cut));
    const names = used.get(parent) ?? new Set();
    used.set(parent, names);
    const wanted = localName(path.slice(cut + 1));
    let name = wanted;
    for (let number = 1; names.has(sameNameKey(name)); number += 1) {
      name = numberedName(wanted, number);
    }
    names.add(sameNameKey(name));
    const local = parent === '' ? name : `${parent}/${name}`;
    chosen.set(path, local);
    return local;
  }
  return localPath;
}
