/** The table of instances: only the rows in sight exist, every key works, and a row opens its detail. */
import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useView } from '../shell/view-context.ts';
import { rowsWith } from '../ui/rows-with.ts';
import { sortHeadHeightPx } from '../ui/sort-head.tsx';
import { CellToolsContext, useMakeCellTools } from './cell-tools.ts';
import { fitColumns, gridTemplate } from './columns.ts';
import { InstanceRow } from './instance-row.tsx';
import classes from './instance-table.module.css';
import { moveCursor } from './move-cursor.ts';
import { TableHeader } from './table-header.tsx';
import { NothingMatches } from './table-looks.tsx';
import type { TableRows } from './use-rows.ts';

interface InstanceTableProps {
  readonly rows: TableRows;
}

const rowHeightPx = 38;
const sidePaddingPx = 28;

export const InstanceTable = memo(function InstanceTable({
  rows: { all, shown, search },
}: InstanceTableProps) {
  const { t } = useTranslation('instances');
  const { useInstancesView } = useView();
  const selected = useInstancesView((state) => state.selected);
  const select = useInstancesView((state) => state.select);
  const chosen = useInstancesView((state) => state.columns);
  const { ref: widthRef, width } = useElementSize();
  const scroller = useRef<HTMLDivElement>(null);
  const visible = useMemo(() => fitColumns(chosen, width - sidePaddingPx), [chosen, width]);

  /** Key of the row the keyboard is on. */
  const [cursor, setCursor] = useState<string | undefined>(selected);
  const cursorAt = useMemo(
    () => shown.findIndex(({ instance }) => instance.key === cursor),
    [shown, cursor],
  );
  const tabbableAt = Math.max(0, cursorAt);

  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: 8,
    scrollPaddingStart: sortHeadHeightPx,
    // The row with the focus stays, however far the list is scrolled.
    rangeExtractor: rowsWith(cursorAt),
  });

  const focusWanted = useRef(false);
  useEffect(() => {
    if (!focusWanted.current || cursorAt < 0) return;
    focusWanted.current = false;
    const row = scroller.current?.querySelector(`[data-index="${cursorAt}"]`);
    if (row instanceof HTMLElement) row.focus({ preventScroll: true });
  }, [cursorAt]);

  const rowsWanted = useInstancesView((state) => state.rowsWanted);
  const wantRows = useInstancesView((state) => state.wantRows);
  useEffect(() => {
    if (!rowsWanted || search !== useInstancesView.getState().search) return;
    wantRows(false);
    const row = scroller.current?.querySelector(`[data-index="${tabbableAt}"]`);
    if (!(row instanceof HTMLElement)) return;
    setCursor(shown[tabbableAt]?.instance.key);
    row.focus();
  }, [rowsWanted, wantRows, search, shown, tabbableAt, useInstancesView]);

  const open = useCallback(
    (key: string) => {
      setCursor(key);
      select(key);
    },
    [select],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target;
    if (!(target instanceof HTMLElement) || !scroller.current?.contains(target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && selected !== undefined) {
      select(undefined);
      return;
    }
    const isRow = target.getAttribute('role') === 'row';
    if (event.key === 'Enter' && isRow) {
      const row = shown[Number(target.dataset.index)];
      if (row) open(row.instance.key);
      return;
    }
    const rowsPerPage = Math.floor((scroller.current.clientHeight - rowHeightPx) / rowHeightPx);
    const next = moveCursor(event.key, cursorAt, shown.length, rowsPerPage);
    const key = next === undefined ? undefined : shown[next]?.instance.key;
    if (next === undefined || key === undefined) return;
    event.preventDefault();
    focusWanted.current = true;
    setCursor(key);
    if (selected !== undefined) select(key);
    virtualizer.scrollToIndex(next);
  };

  const tools = useMakeCellTools();
  return (
    <CellToolsContext value={tools}>
      <div ref={widthRef} className={classes.place}>
        {/* biome-ignore lint/a11y/useSemanticElements: rows that come and go by scrolling cannot be a table element's */}
        <div
          ref={scroller}
          className={classes.table}
          role="table"
          aria-label={t('table')}
          aria-rowcount={shown.length + 1}
          aria-colcount={visible.length}
          style={{ '--columns': gridTemplate(visible) } as never}
          onKeyDown={onKeyDown}
        >
          <TableHeader columns={visible} />
          {/* biome-ignore lint/a11y/useSemanticElements: as above */}
          <div
            role="rowgroup"
            className={classes.rows}
            style={{ height: virtualizer.getTotalSize() }}
          >
            {virtualizer.getVirtualItems().map(({ index, start }) => {
              const row = shown[index];
              return (
                row && (
                  <InstanceRow
                    key={row.instance.key}
                    row={row}
                    index={index}
                    topPx={start}
                    columns={visible}
                    selected={row.instance.key === selected}
                    tabbable={index === tabbableAt}
                    onOpen={open}
                  />
                )
              );
            })}
          </div>
        </div>
        {shown.length === 0 && <NothingMatches total={all.length} />}
      </div>
    </CellToolsContext>
  );
});
