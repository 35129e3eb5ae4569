/** Which columns of a directory there is room for. */
import { type FileColumn, fileColumns } from './directory-rows.ts';

const minPx: Readonly<Record<FileColumn, number>> = {
  name: 220,
  size: 104,
  modified: 178,
  mode: 116,
  owner: 128,
};

/** The most important first. */
const order: readonly FileColumn[] = ['name', 'size', 'modified', 'mode', 'owner'];

export function fitColumns(roomPx: number): readonly FileColumn[] {
  let takenPx = 0;
  const fitting = new Set<FileColumn>();
  for (const column of order) {
    takenPx += minPx[column];
    if (column === 'name' || takenPx <= roomPx) fitting.add(column);
  }
  return fileColumns.filter((column) => fitting.has(column));
}

export function gridTemplate(columns: readonly FileColumn[]): string {
  return columns
    .map((column) => (column === 'name' ? 'minmax(0, 1fr)' : `${minPx[column]}px`))
    .join(' ');
}
