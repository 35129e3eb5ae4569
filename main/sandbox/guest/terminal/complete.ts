/** Tab at a prompt: names of commands first, paths after them. */
import { posix } from 'node:path';
import type { Files } from '../files/files.ts';
import type { Completion } from './line-editor.ts';

const shellWords =
  'alias cd declare echo eval exec exit export for if local pwd read return set shift source type unset while'.split(
    ' ',
  );

export function completeLine(
  beforeCursor: string,
  files: Files,
  directory: string,
): Completion | undefined {
  const word = /(?:\\.|[^\s\\|;&<>"'`])*$/.exec(beforeCursor)?.[0] ?? '';
  const start = [...beforeCursor].length - [...word].length;
  const ahead = beforeCursor.slice(0, beforeCursor.length - word.length);
  const typed = word.replace(/\\(.)/g, '$1');
  const isCommand = /(^|[|;&(]|\b(?:sudo|do|then|else))\s*$/.test(ahead) && !typed.includes('/');
  const found = isCommand ? commands(typed, files) : paths(typed, files, directory);
  const [first] = found;
  if (!first) return undefined;
  if (found.length === 1) {
    const text = quote(first.full);
    return { start, text: first.isDirectory ? `${text}/` : `${text} `, choices: [] };
  }
  return {
    start,
    text: quote(commonStart(found.map(({ full }) => full))),
    choices: found.map(({ name, isDirectory }) => (isDirectory ? `${name}/` : name)),
  };
}

interface Candidate {
  readonly name: string;
  readonly full: string;
  readonly isDirectory: boolean;
}

function commands(typed: string, files: Files): readonly Candidate[] {
  if (typed === '') return [];
  const names = new Set([...shellWords, ...files.readdir('/usr/bin')]);
  return [...names]
    .filter((name) => name.startsWith(typed))
    .sort()
    .map((name) => ({ name, full: name, isDirectory: false }));
}

function paths(typed: string, files: Files, directory: string): readonly Candidate[] {
  const slash = typed.lastIndexOf('/') + 1;
  const [parent, begin] = [typed.slice(0, slash), typed.slice(slash)];
  const at = posix.resolve(directory, parent.replace(/^~(?=\/)/, '/root') || '.');
  try {
    return files
      .readdir(at)
      .filter((name) => name.startsWith(begin) && (begin !== '' || !name.startsWith('.')))
      .map((name) => ({
        name,
        full: parent + name,
        isDirectory: isDirectory(files, posix.join(at, name)),
      }));
  } catch {
    return [];
  }
}

function isDirectory(files: Files, path: string): boolean {
  return files.exists(path) && files.stat(path).kind === 'directory';
}

const quote = (text: string) => text.replace(/[\s\\'"|;&<>()$`*?#]/g, '\\$&');

function commonStart(names: readonly string[]): string {
  const [first = '', ...others] = names;
  let length = first.length;
  for (const name of others) {
    while (!name.startsWith(first.slice(0, length))) length -= 1;
  }
  return first.slice(0, length);
}
