/** The table's head: one press sorts, a second turns the order round. */
import { useTranslation } from 'react-i18next';
import { useView } from '../shell/view-context.ts';
import { SortDownIcon, SortUpIcon } from '../ui/icons.tsx';
import { type ColumnId, columns as columnsById } from './columns.ts';
import classes from './table-header.module.css';

export function TableHeader({ columns }: { readonly columns: readonly ColumnId[] }) {
  const { t } = useTranslation('instances');
  const { useInstancesView } = useView();
  const sort = useInstancesView((state) => state.sort);
  const sortBy = useInstancesView((state) => state.sortBy);
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a table drawn without the table element
    <div role="rowgroup" className={classes.head}>
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: its cells hold the buttons */}
      <div role="row" aria-rowindex={1} className={classes.row}>
        {columns.map((id) => {
          const sorted = sort.column === id;
          const order = sort.descending ? 'descending' : 'ascending';
          return (
            // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the button inside takes the focus
            <div
              key={id}
              role="columnheader"
              className={classes.cell}
              data-column={id}
              aria-sort={sorted ? order : columnsById[id].sortable ? 'none' : undefined}
            >
              {columnsById[id].sortable ? (
                <button type="button" onClick={() => sortBy(id)}>
                  {t(`column.${id}`)}
                  {sorted &&
                    (sort.descending ? <SortDownIcon size={11} /> : <SortUpIcon size={11} />)}
                </button>
              ) : (
                t(`column.${id}`)
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
