/** The head of a directory. */
import { useTranslation } from 'react-i18next';
import { useView } from '../shell/view-context.ts';
import { SortHead } from '../ui/sort-head.tsx';
import type { FileColumn } from './directory-rows.ts';

export function FileTableHead({ columns }: { readonly columns: readonly FileColumn[] }) {
  const { t } = useTranslation('files');
  const { useFilesView } = useView();
  const sort = useFilesView((view) => view.sort);
  const sortBy = useFilesView((view) => view.sortBy);
  const heads = columns.map((id) => ({
    id,
    label: t(`column.${id}`),
    sortable: true,
    atEnd: id === 'size',
  }));
  return <SortHead columns={heads} sort={sort} onSort={sortBy} />;
}
