/** What a paste may bring into a terminal: text, tabs and line ends; never a byte that acts on the shell by itself. */

export interface Paste {
  /** What will be sent: every line end is a carriage return, every other control character is gone. */
  readonly text: string;
  /** A line end at the very end begins no other. */
  readonly lines: number;
  readonly bytes: number;
  /** How many control characters were taken out. */
  readonly removed: number;
  /** Why a person must look first; empty when nothing speaks against it. */
  readonly concerns: readonly PasteConcern[];
}

export type PasteConcern =
  | 'several-lines'
  /** One line, with its end: the shell runs it unseen. */
  | 'line-end'
  | 'large'
  | 'control-characters'
  | 'reordering-characters';

/** Beyond this a paste is shown before it is sent. */
export const largePasteBytes = 5000;

/** C0 without tab and carriage return, DEL, and C1: ESC among them, so that no paste can end bracketed paste. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this file is about
const controlCharacters = /[\u0000-\u0008\u000a-\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Marks that make text read in another order than it is sent. */
const reorderingCharacters = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

export function sanitisePaste(raw: string): Paste {
  const withReturns = raw.replace(/\r\n|\n/g, '\r');
  const text = withReturns.replace(controlCharacters, '');
  const endsLine = text.endsWith('\r');
  const lines = text.split('\r').length - (endsLine ? 1 : 0);
  const bytes = new TextEncoder().encode(text).length;
  const removed = withReturns.length - text.length;
  const concerns: PasteConcern[] = [];
  if (lines > 1) concerns.push('several-lines');
  else if (endsLine) concerns.push('line-end');
  if (bytes > largePasteBytes) concerns.push('large');
  if (removed > 0) concerns.push('control-characters');
  if (reorderingCharacters.test(text)) concerns.push('reordering-characters');
  return { text, lines, bytes, removed, concerns };
}

/** A stretch of a preview: text as it is, or the sign that stands for what would not be seen. */
export interface PreviewPart {
  readonly text: string;
  readonly sign: boolean;
}

/** The text as it was copied, with a sign for every character that would not be seen: `^[` for ESC, `U+202E` for a mark. */
export function previewParts(raw: string): readonly PreviewPart[] {
  const parts: { text: string; sign: boolean }[] = [];
  const add = (text: string, sign: boolean) => {
    const last = parts.at(-1);
    if (last && !last.sign && !sign) last.text += text;
    else parts.push({ text, sign });
  };
  for (const character of raw.replace(/\r\n?/g, '\n')) {
    const sign = signOf(character);
    if (sign) add(sign, true);
    if (!sign || character === '\n' || character === '\t') add(character, false);
  }
  return parts;
}

/** Distance from a control character to the letter of its caret notation. */
const caretDistance = 0x40;

function signOf(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n') return '\u21b5';
  if (character === '\t') return '\u2192';
  if (code < 0x20) return `^${String.fromCharCode(code + caretDistance)}`;
  if (code === 0x7f) return '^?';
  if ((code >= 0x80 && code <= 0x9f) || reorderingCharacters.test(character)) {
    return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return undefined;
}
