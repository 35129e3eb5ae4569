/** Permission bits as `ls` writes them, as octal digits, and as the boxes of the dialog. */
import type { FileEntry } from '../../preload/contract/files.ts';

export const classesOfUsers = ['owner', 'group', 'others'] as const;
export const permissions = ['read', 'write', 'execute'] as const;
export const specialBits = ['setuid', 'setgid', 'sticky'] as const;

export type UserClass = (typeof classesOfUsers)[number];
export type Permission = (typeof permissions)[number];
export type SpecialBit = (typeof specialBits)[number];

const shifts: Readonly<Record<UserClass, number>> = { owner: 6, group: 3, others: 0 };
const bits: Readonly<Record<Permission, number>> = { read: 4, write: 2, execute: 1 };
const specials: Readonly<Record<SpecialBit, number>> = {
  setuid: 0o4000,
  setgid: 0o2000,
  sticky: 0o1000,
};

export const bitOf = (user: UserClass, permission: Permission): number =>
  bits[permission] << shifts[user];

export const specialBitOf = (bit: SpecialBit): number => specials[bit];

const kindLetters: Readonly<Record<FileEntry['kind'], string>> = {
  file: '-',
  directory: 'd',
  link: 'l',
  other: '?',
};

/** Ten letters, such as `drwxr-sr-x`. */
export function modeText(kind: FileEntry['kind'], mode: number): string {
  const has = (user: UserClass, permission: Permission) => (mode & bitOf(user, permission)) !== 0;
  const lettersOf = (user: UserClass, special: SpecialBit, mark: string) =>
    (has(user, 'read') ? 'r' : '-') +
    (has(user, 'write') ? 'w' : '-') +
    executeLetter(has(user, 'execute'), (mode & specials[special]) !== 0, mark);
  return (
    kindLetters[kind] +
    lettersOf('owner', 'setuid', 's') +
    lettersOf('group', 'setgid', 's') +
    lettersOf('others', 'sticky', 't')
  );
}

function executeLetter(executes: boolean, special: boolean, mark: string): string {
  if (!special) return executes ? 'x' : '-';
  return executes ? mark : mark.toUpperCase();
}

/** `644`, or four digits where one of the special bits is set. */
export function octalText(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(3, '0');
}

/** @returns undefined when it is not three or four octal digits */
export function readOctal(text: string): number | undefined {
  return /^[0-7]{3,4}$/.test(text.trim()) ? Number.parseInt(text.trim(), 8) : undefined;
}
