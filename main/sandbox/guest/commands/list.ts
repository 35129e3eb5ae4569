/** ls, as a terminal and as a pipe want it: columns and colours, or one name a line. */
import { posix } from 'node:path';
import { textWidth } from '../terminal/text-width.ts';
import { type CommandCall, type GuestCommand, pathIn } from './command.ts';
import { human } from './disk-memory.ts';
import { columns as inColumns, type Options, readOptions } from './options.ts';
import { dayTime } from './times.ts';

interface Item {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  readonly mode: number;
  readonly size: number;
  readonly mtimeMs: number;
  readonly target: string | undefined;
}

export const list: GuestCommand = {
  names: ['ls', 'dir'],
  async run(call) {
    const options = readOptions(call.args, 'I ignore w width color');
    const operands = options.operands.length > 0 ? options.operands : ['.'];
    const files: Item[] = [];
    const directories: string[] = [];
    let status = 0;
    for (const operand of operands) {
      try {
        const item = await look(call, operand, operand);
        const follows = item.kind === 'symlink' && !options.named.has('l');
        const isDirectory =
          item.kind === 'directory' ||
          (follows && (await call.files.stat(pathIn(call, operand))).isDirectory);
        if (isDirectory && !options.named.has('d')) directories.push(operand);
        else files.push(item);
      } catch {
        await call.error(`ls: cannot access '${operand}': No such file or directory\n`);
        status = 2;
      }
    }
    if (files.length > 0) await show(call, options, sorted(files, options));
    for (const [at, directory] of directories.entries()) {
      if (at > 0 || files.length > 0) await call.out('\n');
      const named = operands.length > 1 || options.named.has('R');
      await showDirectory(call, options, directory, named);
    }
    return status;
  },
};

async function look(call: CommandCall, name: string, path: string): Promise<Item> {
  const full = pathIn(call, path);
  const stats = await call.files.lstat(full);
  return {
    name,
    kind: stats.isDirectory ? 'directory' : stats.isSymbolicLink ? 'symlink' : 'file',
    mode: stats.mode,
    size: stats.size,
    mtimeMs: stats.mtime.getTime(),
    target: stats.isSymbolicLink ? await call.files.readlink(full) : undefined,
  };
}

async function showDirectory(
  call: CommandCall,
  options: Options,
  directory: string,
  named: boolean,
): Promise<void> {
  const { named: flags } = options;
  if (named) await call.out(`${directory}:\n`);
  const names = await call.files.readdir(pathIn(call, directory));
  const dots = flags.has('a') ? ['.', '..'] : [];
  const hidden = flags.has('a') || flags.has('A');
  const shown = [...dots, ...names.filter((name) => hidden || !name.startsWith('.'))];
  const items = await Promise.all(
    shown.map((name) => look(call, name, posix.join(directory, name))),
  );
  if (flags.has('l')) {
    await call.out(`total ${items.reduce((sum, { size }) => sum + Math.ceil(size / 1024), 0)}\n`);
  }
  await show(call, options, sorted(items, options));
  if (!flags.has('R')) return;
  for (const { kind, name } of items) {
    if (kind !== 'directory' || name === '.' || name === '..') continue;
    await call.out('\n');
    await showDirectory(call, options, posix.join(directory, name), true);
  }
}

function sorted(items: readonly Item[], { named }: Options): readonly Item[] {
  const byName = (one: Item, other: Item) =>
    one.name < other.name ? -1 : Number(one.name > other.name);
  const order = named.has('t')
    ? (one: Item, other: Item) => other.mtimeMs - one.mtimeMs || byName(one, other)
    : named.has('S')
      ? (one: Item, other: Item) => other.size - one.size || byName(one, other)
      : byName;
  const list = named.has('U') ? [...items] : [...items].sort(order);
  return named.has('r') ? list.reverse() : list;
}

async function show(call: CommandCall, { named }: Options, items: readonly Item[]): Promise<void> {
  const coloured =
    (named.get('color') ?? '') === 'always' || (call.live && named.get('color') !== 'never');
  const mark = ({ kind, mode }: Item) => {
    if (named.has('p') && kind === 'directory') return '/';
    if (!named.has('F')) return '';
    return kind === 'directory' ? '/' : kind === 'symlink' ? '@' : mode & 0o111 ? '*' : '';
  };
  const paint = (item: Item) => {
    const text = item.name + mark(item);
    const colour =
      item.kind === 'directory'
        ? '1;34'
        : item.kind === 'symlink'
          ? '1;36'
          : item.mode & 0o111
            ? '1;32'
            : '';
    return coloured && colour !== '' ? `\x1b[${colour}m${text}\x1b[0m` : text;
  };
  if (named.has('l')) {
    const rows = items.map((item) => [
      modeText(item),
      '1',
      'root',
      'root',
      named.has('h') ? human(item.size / 1024) : String(item.size),
      monthTime(item.mtimeMs),
      paint(item) + (item.target === undefined ? '' : ` -> ${item.target}`),
    ]);
    await call.out(inColumns(rows, [1, 4]));
  } else if (!call.live || named.has('1')) {
    await call.out(items.map((item) => `${paint(item)}\n`).join(''));
  } else {
    const { columns } = await call.host.terminalSize();
    await call.out(inGrid(items, columns, paint, mark));
  }
}

function inGrid(
  items: readonly Item[],
  columns: number,
  paint: (item: Item) => string,
  mark: (item: Item) => string,
): string {
  if (items.length === 0) return '';
  const widths = items.map((item) => textWidth(item.name + mark(item)) + 2);
  const cell = Math.max(...widths);
  const perRow = Math.max(Math.floor(columns / cell), 1);
  const rows = Math.ceil(items.length / perRow);
  return Array.from({ length: rows }, (_, row) => {
    let line = '';
    for (let at = row; at < items.length; at += rows) {
      const item = items[at];
      const isLast = at + rows >= items.length;
      if (item) line += paint(item) + (isLast ? '' : ' '.repeat(cell - (widths[at] ?? 0) + 2));
    }
    return `${line}\n`;
  }).join('');
}

function modeText({ kind, mode }: Item): string {
  const letters = ['r', 'w', 'x', 'r', 'w', 'x', 'r', 'w', 'x'];
  const bits = letters.map((letter, at) => (mode & (0o400 >> at) ? letter : '-')).join('');
  const sticky = mode & 0o1000 ? `${bits.slice(0, -1)}${bits.endsWith('x') ? 't' : 'T'}` : bits;
  return (kind === 'directory' ? 'd' : kind === 'symlink' ? 'l' : '-') + sticky;
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function monthTime(ms: number): string {
  const date = new Date(ms);
  const day = String(date.getUTCDate()).padStart(2);
  return `${months[date.getUTCMonth()]} ${day} ${dayTime(ms).slice(11)}`;
}
