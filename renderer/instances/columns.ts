/** The table's columns: how wide, and which give way first where room is short. */

export const columnIds = [
  'name',
  'state',
  'id',
  'account',
  'gpu',
  'region',
  'load',
  'cost',
  'tags',
  'address',
  'action',
] as const;
export type ColumnId = (typeof columnIds)[number];

interface Column {
  readonly minPx: number;
  /** Share of the room left over; 0 = never wider than `minPx`. */
  readonly grow: number;
  /** The higher, the sooner it gives way. 0 = always there. */
  readonly yields: number;
  readonly sortable: boolean;
}

export const columns: Readonly<Record<ColumnId, Column>> = {
  name: { minPx: 132, grow: 3, yields: 0, sortable: true },
  state: { minPx: 118, grow: 0.6, yields: 1, sortable: true },
  id: { minPx: 108, grow: 0.4, yields: 5, sortable: true },
  account: { minPx: 104, grow: 0.6, yields: 8, sortable: true },
  gpu: { minPx: 122, grow: 1.2, yields: 6, sortable: true },
  region: { minPx: 76, grow: 0.3, yields: 7, sortable: true },
  load: { minPx: 108, grow: 0, yields: 4, sortable: true },
  cost: { minPx: 118, grow: 0.5, yields: 3, sortable: true },
  tags: { minPx: 104, grow: 0.8, yields: 9, sortable: true },
  address: { minPx: 150, grow: 1.4, yields: 10, sortable: true },
  action: { minPx: 284, grow: 0, yields: 2, sortable: false },
};

export const defaultColumns: readonly ColumnId[] = [
  'name',
  'state',
  'id',
  'account',
  'gpu',
  'region',
  'load',
  'cost',
  'tags',
  'address',
  'action',
];

/** The chosen columns in their own order: the most important first as long as there is room. */
export function fitColumns(chosen: readonly ColumnId[], roomPx: number): readonly ColumnId[] {
  const wanted = columnIds
    .filter((id) => id === 'name' || chosen.includes(id))
    .sort((a, b) => columns[a].yields - columns[b].yields);
  const fitting = new Set<ColumnId>();
  let takenPx = 0;
  for (const id of wanted) {
    if (id !== 'name' && takenPx + columns[id].minPx > roomPx) continue;
    fitting.add(id);
    takenPx += columns[id].minPx;
  }
  return columnIds.filter((id) => fitting.has(id));
}

/** The CSS grid of a row with these columns. */
export function gridTemplate(shown: readonly ColumnId[]): string {
  return shown
    .map((id) => {
      const { minPx, grow } = columns[id];
      return grow === 0 ? `${minPx}px` : `minmax(${minPx}px, ${grow}fr)`;
    })
    .join(' ');
}
