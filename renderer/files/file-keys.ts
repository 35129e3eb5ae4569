/** What each key does in a directory. */

export type FileCommand =
  | 'open'
  | 'up'
  | 'back'
  | 'forward'
  | 'refresh'
  | 'rename'
  | 'remove'
  | 'select-all'
  | 'toggle'
  | 'let-go'
  | 'copy-paths'
  | 'edit-path'
  | 'filter';

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const plainKeys: Readonly<Record<string, FileCommand>> = {
  Enter: 'open',
  Backspace: 'up',
  F2: 'rename',
  F5: 'refresh',
  Delete: 'remove',
  Escape: 'let-go',
};

const altKeys: Readonly<Record<string, FileCommand>> = {
  ArrowUp: 'up',
  ArrowLeft: 'back',
  ArrowRight: 'forward',
};

const chords: Readonly<Record<string, FileCommand>> = {
  a: 'select-all',
  c: 'copy-paths',
  f: 'filter',
  l: 'edit-path',
  ' ': 'toggle',
};

/** The keys of a Mac's Finder, which has no Delete key and goes by Cmd. */
const macChords: Readonly<Record<string, FileCommand>> = {
  ArrowUp: 'up',
  ArrowDown: 'open',
  Backspace: 'remove',
  '[': 'back',
  ']': 'forward',
};

/** @returns undefined for a key that moves, types, or means nothing here */
export function fileCommand(press: KeyPress, mac: boolean): FileCommand | undefined {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = press;
  if (shiftKey) return undefined;
  if (altKey) return ctrlKey || metaKey ? undefined : altKeys[key];
  if (!ctrlKey && !metaKey) return plainKeys[key];
  if (mac && metaKey && macChords[key]) return macChords[key];
  if (ctrlKey && key === ' ') return 'toggle';
  return (mac ? metaKey : ctrlKey) ? chords[key.toLowerCase()] : undefined;
}

/** A key that writes a character: the beginning of a name to go to. */
export function isTyped({ key, ctrlKey, metaKey, altKey }: KeyPress): boolean {
  return !ctrlKey && !metaKey && !altKey && [...key].length === 1 && key !== '/';
}
