/** Files that other programs write, read whole: only ordinary and small ones, because a pipe or a device might never end. */
import { readFileSync, statSync } from 'node:fs';

/** @returns undefined when there is none, or none that can be read */
export function readSmallFile(path: string, largestBytes: number): string | undefined {
  try {
    const file = statSync(path);
    if (!file.isFile() || file.size > largestBytes) return undefined;
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
