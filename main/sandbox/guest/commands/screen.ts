/** Whole-screen programs: sizes, escape sequences, keys. */
import type { TerminalSize } from '../shell/shell-protocol.ts';
import type { CommandCall } from './command.ts';

export const clear = '\x1b[H\x1b[2J';
export const inverse = (text: string): string => `\x1b[7m${text}\x1b[0m`;
export const moveTo = (row: number, column: number): string => `\x1b[${row};${column}H`;
export const ctrlC = '\x03';

const escapeCode = '\x1b';
const keyPattern = new RegExp(`${escapeCode}(?:\\[[0-9;]*[~A-Za-z]|O[A-Z])|[^]`, 'gu');
const alternate = { enter: '\x1b[?1049h\x1b[H', leave: '\x1b[?1049l' };

export async function screenSize(call: CommandCall): Promise<TerminalSize> {
  const { columns, rows } = await call.host.terminalSize();
  return { columns: Math.max(columns, 20), rows: Math.max(rows, 5) };
}

/** Runs on the other screen, and leaves the first as it was, however it ends. */
export async function onScreen<Result>(
  call: CommandCall,
  run: () => Promise<Result>,
): Promise<Result> {
  await call.out(alternate.enter);
  try {
    return await run();
  } finally {
    await call.host.endKeys();
    await call.host.output('out', new TextEncoder().encode(`\x1b[?25h${alternate.leave}`));
  }
}

/** Splits what was typed into keys: an escape sequence is one key. */
export function splitKeys(typed: string): readonly string[] {
  return typed.match(keyPattern) ?? [];
}

/** Names of the keys whose sequences differ between terminals. */
export function keyName(key: string): string {
  const names: Readonly<Record<string, string>> = {
    '\x1b[A': 'up',
    '\x1bOA': 'up',
    '\x1b[B': 'down',
    '\x1bOB': 'down',
    '\x1b[C': 'right',
    '\x1bOC': 'right',
    '\x1b[D': 'left',
    '\x1bOD': 'left',
    '\x1b[5~': 'page-up',
    '\x1b[6~': 'page-down',
    '\x1b[H': 'home',
    '\x1bOH': 'home',
    '\x1b[1~': 'home',
    '\x1b[F': 'end',
    '\x1bOF': 'end',
    '\x1b[4~': 'end',
    '\x1b[3~': 'delete',
    '\x7f': 'backspace',
    '\b': 'backspace',
    '\r': 'enter',
    '\n': 'enter',
    '\x1b': 'escape',
  };
  return names[key] ?? key;
}
