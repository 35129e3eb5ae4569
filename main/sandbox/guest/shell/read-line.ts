/** `read` at a terminal: its options, and how a line is dealt out to variables. */

export interface ReadOptions {
  readonly prompt: string;
  readonly silent: boolean;
  readonly raw: boolean;
  readonly names: readonly string[];
}

export function readOptionsOf(args: readonly string[]): ReadOptions {
  const names: string[] = [];
  let [prompt, silent, raw] = ['', false, false];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('-')) {
      names.push(arg);
      continue;
    }
    silent ||= arg.includes('s');
    raw ||= arg.includes('r');
    if (/[pntudNi]$/.test(arg)) {
      at += 1;
      if (arg.endsWith('p')) prompt = args[at] ?? '';
    }
  }
  return { prompt, silent, raw, names: names.length > 0 ? names : ['REPLY'] };
}

/** The last name takes the rest of the line. */
export function dealOut(
  line: string,
  { names, raw }: Pick<ReadOptions, 'names' | 'raw'>,
): ReadonlyMap<string, string> {
  let rest = raw ? line : line.replace(/\\(.)/g, '$1');
  if (names[0] === 'REPLY') return new Map([['REPLY', rest]]);
  rest = rest.trim();
  return new Map(
    names.map((name, at) => {
      if (at === names.length - 1) return [name, rest];
      const [, word = '', after = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? [];
      rest = after;
      return [name, word];
    }),
  );
}
