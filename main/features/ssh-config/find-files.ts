/** The files an Include names: `*`, `?` and `[…]` in any part of a path, sorted, hidden ones only when asked for. */
import { readdirSync, statSync } from 'node:fs';
import { join, parse } from 'node:path';

/** More files than this are no configuration any more. */
const maxFiles = 256;

/**
 * @param path absolute
 * @param onDirectory told of every directory that was searched, because new files may appear there
 */
export function findFiles(
  path: string,
  onDirectory: (directory: string) => void,
): readonly string[] {
  const { root } = parse(path);
  let found: readonly string[] = [root];
  for (const part of path
    .slice(root.length)
    .split(/[\\/]+/)
    .filter(Boolean)) {
    // Cut at each part, or stars in all of them would walk the whole disk.
    found = /[*?[]/.test(part)
      ? found.flatMap((directory) => namesIn(directory, part, onDirectory)).slice(0, maxFiles)
      : found.map((directory) => join(directory, part));
  }
  return found.filter(isFile).slice(0, maxFiles);
}

function namesIn(
  directory: string,
  pattern: string,
  onDirectory: (directory: string) => void,
): readonly string[] {
  onDirectory(directory);
  const expression = toExpression(pattern);
  try {
    return readdirSync(directory)
      .filter((name) => expression.test(name) && (pattern.startsWith('.') || !name.startsWith('.')))
      .sort()
      .map((name) => join(directory, name));
  } catch {
    return [];
  }
}

/** Stars next to each other are one: it keeps the expression fast. */
function toExpression(pattern: string): RegExp {
  const parts = pattern.match(/\*+|\?|\[[!^]?[^\]]+\]|./gs) ?? [];
  const source = parts.map((part) => {
    if (part.startsWith('*')) return '.*';
    if (part === '?') return '.';
    if (part.length > 2) return part.replace(/^\[[!^]/, '[^').replaceAll('\\', '\\\\');
    return part.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  });
  try {
    return new RegExp(`^${source.join('')}$`, 's');
  } catch {
    return /^(?!)/;
  }
}

function isFile(path: string): boolean {
  try {
    return !statSync(path).isDirectory();
  } catch {
    return false;
  }
}
