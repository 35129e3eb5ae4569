/** The rows of a directory as they are shown: filtered, and sorted as people count, directories first. */
import type { FileEntry, FileKind } from '../../preload/contract/files.ts';
import { compareKeys, textKey } from '../instances/sort-key.ts';
import { createRemembered } from '../ui/remembered.ts';

export const fileColumns = ['name', 'size', 'modified', 'mode', 'owner'] as const;
export type FileColumn = (typeof fileColumns)[number];

export interface FileSort {
  readonly column: FileColumn;
  readonly descending: boolean;
}

/** What it is in the end: a link is what it leads to, and nothing when that is not there. */
export function targetKind(entry: FileEntry): FileKind | undefined {
  return entry.kind === 'link' ? entry.link?.kind : entry.kind;
}

export const isHidden = ({ name }: FileEntry): boolean => name.startsWith('.');

export interface RowsWanted {
  readonly hidden: boolean;
  readonly filter: string;
  readonly sort: FileSort;
  readonly language: string;
}

export function directoryRows(
  entries: readonly FileEntry[],
  { hidden, filter, sort, language }: RowsWanted,
): readonly FileEntry[] {
  const wanted = filter.trim().toLocaleLowerCase();
  const compareNames = compareKeys(new Intl.Collator(language, { numeric: true }));
  const direction = sort.descending ? -1 : 1;
  const rows = entries
    .filter(
      (entry) =>
        (hidden || !isHidden(entry)) &&
        (wanted === '' || entry.name.toLocaleLowerCase().includes(wanted)),
    )
    .map((entry) => ({
      entry,
      key: textKey(entry.name),
      isDirectory: targetKind(entry) === 'directory',
    }));
  rows.sort((a, b) => {
    if (a.isDirectory !== b.isDirectory) return a.isDirectory ? -1 : 1;
    // How much is in a directory nobody knows: none of them is larger than another.
    const isSized = sort.column !== 'size' || !a.isDirectory;
    const order = isSized ? compareColumn(a.entry, b.entry, sort.column) : 0;
    if (order !== 0) return order * direction;
    const byName = compareNames(a.key, b.key) || (a.entry.name < b.entry.name ? -1 : 1);
    return sort.column === 'name' ? byName * direction : byName;
  });
  return rows.map(({ entry }) => entry);
}

function compareColumn(a: FileEntry, b: FileEntry, column: FileColumn): number {
  switch (column) {
    case 'name':
      return 0;
    case 'size':
      return a.size - b.size;
    case 'modified':
      return compareTexts(a.modifiedAt, b.modifiedAt);
    case 'mode':
      return a.mode - b.mode;
    case 'owner':
      return compareTexts(a.owner, b.owner) || compareTexts(a.group, b.group);
  }
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The first row after the cursor that begins with what was typed, once around. @returns -1: none does */
export function findTyped(rows: readonly FileEntry[], typed: string, cursorAt: number): number {
  const wanted = typed.toLocaleLowerCase();
  // A letter typed again goes on to the next; a longer beginning may be that of the row one is on.
  const first = typed.length > 1 ? Math.max(0, cursorAt) : cursorAt + 1;
  for (let step = 0; step < rows.length; step += 1) {
    const at = (first + step) % rows.length;
    if (rows[at]?.name.toLocaleLowerCase().startsWith(wanted)) return at;
  }
  return -1;
}

const isColumn = (value: unknown): value is FileColumn => fileColumns.some((id) => id === value);

export const createRememberedSort = () =>
  createRemembered<FileSort>('files-sort', { column: 'name', descending: false }, (stored) => {
    const sort = stored as Partial<FileSort> | null;
    return isColumn(sort?.column)
      ? { column: sort.column, descending: sort.descending === true }
      : undefined;
  });
