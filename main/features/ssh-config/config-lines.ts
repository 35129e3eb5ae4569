/** The syntax of ssh_config(5): a text becomes lines of a keyword and its arguments, without any meaning yet. */
import { parse } from 'ssh-config';
import type { TextRef } from '../../../preload/contract/errors.ts';

export interface ConfigLine {
  /** Lower case: OpenSSH does not tell `hostname` from `HostName`. */
  readonly keyword: string;
  /** Arguments without their quotes; a comment is none. */
  readonly words: readonly string[];
  /** All of the arguments as they stand, for options that are a command. */
  readonly rest: string;
  readonly file: string;
  readonly number: number;
}

export interface ParsedConfig {
  readonly lines: readonly ConfigLine[];
  readonly problems: readonly TextRef[];
}

/** Who has more of them in one file is helped by no list. */
const mostProblems = 100;

/** Never throws: a line that cannot be understood is left out and named. */
export function parseConfigText(text: string, file: string): ParsedConfig {
  const lines: ConfigLine[] = [];
  const problems: TextRef[] = [];
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split('\n')
    .entries()) {
    const line = raw.replaceAll('\r', ' ').trim();
    if (line === '' || line.startsWith('#')) continue;
    const number = index + 1;
    const parsed = parseLine(line);
    if (!parsed) problems.push({ id: 'config-line-unreadable', params: { file, line: number } });
    if (parsed) lines.push({ ...parsed, file, number });
    // What follows the head of a block must not fall to the block before it.
    else if (/^(host|match)\b/i.test(line)) lines.push({ ...neverHolds, file, number });
  }
  return { lines, problems: problems.slice(0, mostProblems) };
}

const neverHolds = { keyword: 'match', words: [], rest: '' } as const;

/** The library parts keyword and arguments; the arguments are split here, because it forgets which were quoted. */
function parseLine(line: string): Pick<ConfigLine, 'keyword' | 'words' | 'rest'> | undefined {
  const directive = parseDirective(line);
  if (!directive) return undefined;
  const rest = line.slice(directive.param.length + directive.separator.length);
  const words = splitWords(rest);
  if (!words || words.length === 0) return undefined;
  return { keyword: directive.param.toLowerCase(), words, rest };
}

function parseDirective(line: string): { param: string; separator: string } | undefined {
  // The library does not know criteria such as `!final`, and keeps only one of each.
  const [, param, separator] = /^(match)(\s*=?\s*)/i.exec(line) ?? [];
  if (param !== undefined && separator) return { param, separator };
  try {
    const [first] = parse(line);
    return first && 'param' in first && first.param !== '' ? first : undefined;
  } catch {
    return undefined;
  }
}

/** As OpenSSH's argv_split: both quotes, a backslash before a quote, itself or a space. @returns undefined when a quote stays open */
function splitWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (text[at] === ' ' || text[at] === '\t') at += 1;
    if (at >= text.length || text[at] === '#') return words;
    let word = '';
    let quote = '';
    for (; at < text.length; at += 1) {
      const character = text[at] as string;
      const next = text[at + 1] ?? '';
      if (character === '\\' && isEscaped(next, quote)) {
        word += next;
        at += 1;
      } else if (quote === '' && (character === ' ' || character === '\t')) break;
      else if (quote === '' && (character === '"' || character === "'")) quote = character;
      else if (character === quote) quote = '';
      else word += character;
    }
    if (quote !== '') return undefined;
    words.push(word);
  }
}

const isEscaped = (character: string, quote: string): boolean =>
  /^['"\\]$/.test(character) || (character === ' ' && quote === '');
