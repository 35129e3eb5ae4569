/** One row of the table. */
import { type MouseEvent, memo } from 'react';
import type { ColumnId } from './columns.ts';
import { InstanceCell } from './instance-cell.tsx';
import classes from './instance-row.module.css';
import type { Row } from './rows.ts';

interface InstanceRowProps {
  readonly row: Row;
  readonly index: number;
  readonly topPx: number;
  readonly columns: readonly ColumnId[];
  readonly selected: boolean;
  readonly tabbable: boolean;
  readonly onOpen: (key: string) => void;
}

const pressable = 'button, a, input, [role="menu"]';

export const InstanceRow = memo(function InstanceRow({
  row,
  index,
  topPx,
  columns,
  selected,
  tabbable,
  onOpen,
}: InstanceRowProps) {
  const open = (event: MouseEvent) => {
    const target = event.target as Element;
    // A menu is drawn elsewhere on the page, and its clicks arrive here all the same.
    if (!event.currentTarget.contains(target) || target.closest(pressable)) return;
    onOpen(row.instance.key);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useKeyWithClickEvents: part of a table drawn without the table element, whose keys the table takes
    <div
      role="row"
      className={classes.row}
      data-index={index}
      data-first-column={columns[1] === 'state' ? 'name' : 'name-with-state'}
      aria-rowindex={index + 2}
      aria-selected={selected}
      tabIndex={tabbable ? 0 : -1}
      style={{ transform: `translateY(${topPx}px)` }}
      onClick={open}
    >
      {columns.map((column) => (
        // biome-ignore lint/a11y/useSemanticElements: as above
        <div key={column} role="cell" className={classes.cell} data-column={column}>
          <InstanceCell row={row} column={column} />
        </div>
      ))}
    </div>
  );
});
