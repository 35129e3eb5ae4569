/** The head of a table of many rows: one press sorts by a column, a second turns the order round. */
import { SortDownIcon, SortUpIcon } from './icons.tsx';
import classes from './sort-head.module.css';

/** Its line included. */
export const sortHeadHeightPx = 34;

export interface HeadColumn<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly sortable: boolean;
  /** Figures, which stand at the column's end. */
  readonly atEnd: boolean;
}

interface SortHeadProps<Id extends string> {
  readonly columns: readonly HeadColumn<Id>[];
  readonly sort: { readonly column: string; readonly descending: boolean };
  readonly onSort: (column: Id) => void;
}

export function SortHead<Id extends string>({ columns, sort, onSort }: SortHeadProps<Id>) {
  const order = sort.descending ? 'descending' : 'ascending';
  const arrow = sort.descending ? <SortDownIcon size={11} /> : <SortUpIcon size={11} />;
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a table drawn without the table element
    <div role="rowgroup" className={classes.head}>
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: its cells hold the buttons */}
      <div role="row" aria-rowindex={1} className={classes.row}>
        {columns.map(({ id, label, sortable, atEnd }) => {
          const sorted = sort.column === id;
          return (
            // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the button inside takes the focus
            <div
              key={id}
              role="columnheader"
              className={classes.cell}
              data-at-end={atEnd || undefined}
              aria-sort={sorted ? order : sortable ? 'none' : undefined}
            >
              {sortable ? (
                <button type="button" onClick={() => onSort(id)}>
                  {label}
                  {sorted && arrow}
                </button>
              ) : (
                label
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
