/** Options of a command line, read the way getopt does. */

export interface Options {
  /** By name without dashes; the value of those that take one, else ''. */
  readonly named: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

/** @param valued names of the options that take a value, letters and long names, separated by blanks */
export function readOptions(args: readonly string[], valued = ''): Options {
  const takesValue = new Set(valued.split(' '));
  const named = new Map<string, string>();
  const operands: string[] = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      operands.push(...rest);
      break;
    }
    if (arg.startsWith('--')) {
      const [, name = '', value] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(arg) ?? [];
      named.set(name, value ?? (takesValue.has(name) ? (rest.shift() ?? '') : ''));
    } else if (arg.startsWith('-') && arg.length > 1) {
      for (let at = 1; at < arg.length; at += 1) {
        const letter = arg[at] ?? '';
        if (takesValue.has(letter)) {
          named.set(letter, arg.slice(at + 1) || (rest.shift() ?? ''));
          break;
        }
        named.set(letter, '');
      }
    } else operands.push(arg);
  }
  return { named, operands };
}

export function columns(rows: readonly (readonly string[])[], right: readonly number[]): string {
  const widths = rows.reduce<number[]>(
    (found, row) => row.map((cell, at) => Math.max(found[at] ?? 0, cell.length)),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((cell, at) => {
          if (right.includes(at)) return cell.padStart(widths[at] ?? 0);
          return at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0);
        })
        .join(' '),
    )
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
