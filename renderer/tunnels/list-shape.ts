/** How a row of the list is laid out: one line of columns where there is room, else stacked; its height never changes with its words. */

export interface ListShape {
  readonly narrow: boolean;
  readonly rowHeightPx: number;
  /** Values of CSS grid. */
  readonly columns: string;
  readonly areas: string;
}

const wide: ListShape = {
  narrow: false,
  rowHeightPx: 66,
  columns: 'minmax(120px, 1fr) minmax(200px, 1.4fr) minmax(180px, 1.5fr) 216px 236px',
  areas: '"name route state traffic actions"',
};
const middle: ListShape = {
  narrow: true,
  rowHeightPx: 144,
  columns: 'minmax(0, 1fr) 236px',
  areas: '"name actions" "route traffic" "state traffic"',
};
const narrow: ListShape = {
  narrow: true,
  rowHeightPx: 200,
  columns: 'minmax(0, 1fr)',
  areas: '"name" "route" "state" "traffic" "actions"',
};

export function listShape(widthPx: number): ListShape {
  if (widthPx >= 1010) return wide;
  return widthPx >= 540 ? middle : narrow;
}
