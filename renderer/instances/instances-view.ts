/** What the instances page shows just now; it outlives the page, and its habits outlive the application. */
import { create } from 'zustand';
import type { DetailTab } from '../../preload/contract/constants.ts';
import { createRemembered } from '../ui/remembered.ts';
import { type ColumnId, columnIds, defaultColumns } from './columns.ts';
import type { Chip } from './filter-rows.ts';
import type { Sort } from './sort-rows.ts';
import type { StateTab } from './state-tabs.ts';

export interface InstancesView {
  readonly tab: StateTab;
  readonly search: string;
  readonly chips: readonly Chip[];
  readonly sort: Sort;
  readonly columns: readonly ColumnId[];
  /** Key of the instance whose detail is open. */
  readonly selected: string | undefined;
  readonly detailTab: DetailTab;
  /** The keyboard is to go to the rows. */
  readonly rowsWanted: boolean;
  showTab(tab: StateTab): void;
  searchFor(search: string): void;
  wantRows(wanted: boolean): void;
  addChip(chip: Chip): void;
  removeChip(chip: Chip): void;
  clearFilter(): void;
  sortBy(column: ColumnId): void;
  showColumn(column: ColumnId, shown: boolean): void;
  select(key: string | undefined): void;
  showDetailTab(tab: DetailTab): void;
}

const same = (a: Chip, b: Chip) => a.facet === b.facet && a.value === b.value;
const isColumn = (value: unknown): value is ColumnId => columnIds.some((id) => id === value);

export function createInstancesView() {
  const rememberedColumns = createRemembered<readonly ColumnId[]>(
    'columns',
    defaultColumns,
    (stored) => (Array.isArray(stored) ? stored.filter(isColumn) : undefined),
  );
  const rememberedSort = createRemembered<Sort>(
    'sort',
    { column: 'name', descending: false },
    (stored) => {
      const sort = stored as Partial<Sort> | null;
      return isColumn(sort?.column)
        ? { column: sort.column, descending: sort.descending === true }
        : undefined;
    },
  );

  return create<InstancesView>()((set, get) => ({
    tab: 'all',
    search: '',
    chips: [],
    sort: rememberedSort.read(),
    columns: rememberedColumns.read(),
    selected: undefined,
    detailTab: 'access',
    rowsWanted: false,
    showTab: (tab) => set({ tab }),
    searchFor: (search) => set({ search, rowsWanted: false }),
    wantRows: (rowsWanted) => set({ rowsWanted }),
    addChip: (chip) =>
      set(({ chips }) => ({ chips: [...chips.filter((other) => !same(other, chip)), chip] })),
    removeChip: (chip) =>
      set(({ chips }) => ({ chips: chips.filter((other) => !same(other, chip)) })),
    clearFilter: () => set({ search: '', chips: [] }),
    sortBy(column) {
      const { sort } = get();
      const next = { column, descending: sort.column === column && !sort.descending };
      rememberedSort.write(next);
      set({ sort: next });
    },
    showColumn(column, shown) {
      const others = get().columns.filter((id) => id !== column);
      const next = shown ? [...others, column] : others;
      rememberedColumns.write(next);
      set({ columns: next });
    },
    select: (selected) => set({ selected }),
    showDetailTab: (detailTab) => set({ detailTab }),
  }));
}
