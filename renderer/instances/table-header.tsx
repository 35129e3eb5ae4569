/** The head of the table of instances. */
import { useTranslation } from 'react-i18next';
import { useView } from '../shell/view-context.ts';
import { SortHead } from '../ui/sort-head.tsx';
import { type ColumnId, columns as columnsById } from './columns.ts';

export function TableHeader({ columns }: { readonly columns: readonly ColumnId[] }) {
  const { t } = useTranslation('instances');
  const { useInstancesView } = useView();
  const sort = useInstancesView((state) => state.sort);
  const sortBy = useInstancesView((state) => state.sortBy);
  const heads = columns.map((id) => ({
    id,
    label: t(`column.${id}`),
    sortable: columnsById[id].sortable,
    atEnd: id === 'cost',
  }));
  return <SortHead columns={heads} sort={sort} onSort={sortBy} />;
}
