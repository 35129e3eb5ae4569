/** The head of the directory: one press sorts, a second turns the order round. */
import { useTranslation } from 'react-i18next';
import { useView } from '../shell/view-context.ts';
import { SortDownIcon, SortUpIcon } from '../ui/icons.tsx';
import type { FileColumn } from './directory-rows.ts';
import classes from './file-table.module.css';

export function FileTableHead({ columns }: { readonly columns: readonly FileColumn[] }) {
  const { t } = useTranslation('files');
  const { useFilesView } = useView();
  const sort = useFilesView((view) => view.sort);
  const sortBy = useFilesView((view) => view.sortBy);
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a grid drawn without the table element
    <div role="rowgroup" className={classes.head}>
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: its cells hold the buttons */}
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        {columns.map((column) => {
          const sorted = sort.column === column;
          const order = sort.descending ? 'descending' : 'ascending';
          return (
            // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the button inside takes the focus
            <div
              key={column}
              role="columnheader"
              className={classes.headCell}
              data-column={column}
              aria-sort={sorted ? order : 'none'}
            >
              <button type="button" onClick={() => sortBy(column)}>
                {t(`column.${column}`)}
                {sorted &&
                  (sort.descending ? <SortDownIcon size={11} /> : <SortUpIcon size={11} />)}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}
