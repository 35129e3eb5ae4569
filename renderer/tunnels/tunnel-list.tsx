/** The list of tunnels: only the rows in sight exist, and every key works. */
import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { moveCursor } from '../instances/move-cursor.ts';
import { rowsWith } from '../ui/rows-with.ts';
import { listShape } from './list-shape.ts';
import classes from './tunnel-list.module.css';
import { TunnelRow } from './tunnel-row.tsx';
import { useTunnelTools } from './tunnel-tools.ts';

const columns = ['name', 'route', 'state', 'traffic', 'actions'] as const;
const headHeightPx = 33;

/** `ids` must be the same array for as long as it names the same tunnels. */
export const TunnelList = memo(function TunnelList({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation('tunnels');
  const { useDesk, actions } = useTunnelTools();
  const { tunnels } = useStores();
  const { ref: widthRef, width } = useElementSize();
  const scroller = useRef<HTMLDivElement>(null);
  const shape = listShape(width);
  const [cursor, setCursor] = useState<string>();
  const cursorAt = cursor === undefined ? -1 : ids.indexOf(cursor);

  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => shape.rowHeightPx,
    overscan: 4,
    scrollPaddingStart: headHeightPx,
    // The row with the focus stays, however far the list is scrolled.
    rangeExtractor: rowsWith(cursorAt),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height
  useEffect(() => virtualizer.measure(), [shape.rowHeightPx]);

  const focusWanted = useRef(false);
  useEffect(() => {
    if (!focusWanted.current || cursorAt < 0) return;
    focusWanted.current = false;
    const row = scroller.current?.querySelector(`[data-index="${cursorAt}"]`);
    if (row instanceof HTMLElement) row.focus({ preventScroll: true });
  }, [cursorAt]);

  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event;
    if (!(target instanceof HTMLElement) || target.getAttribute('role') !== 'row') return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const tunnel = tunnels.getState().byKey.get(target.dataset.id ?? '');
    if (tunnel && event.key === 'F2') {
      event.preventDefault();
      useDesk.getState().rename(tunnel.id);
      return;
    }
    if (tunnel && event.key === 'Delete') {
      actions.remove(tunnel);
      return;
    }
    const rowsPerPage = Math.floor(
      ((scroller.current?.clientHeight ?? 0) - headHeightPx) / shape.rowHeightPx,
    );
    const next = moveCursor(event.key, Number(target.dataset.index), ids.length, rowsPerPage);
    if (next === undefined) return;
    event.preventDefault();
    focusWanted.current = true;
    setCursor(ids[next]);
    virtualizer.scrollToIndex(next);
  };

  return (
    <div ref={widthRef} className={classes.place}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows that come and go by scrolling cannot be a table element's */}
      <div
        ref={scroller}
        className={classes.list}
        role="table"
        aria-label={t('title')}
        aria-rowcount={ids.length + 1}
        style={{ '--columns': shape.columns, '--areas': shape.areas } as never}
        onKeyDown={onKeyDown}
        onFocus={({ target }) => {
          const row = target.closest<HTMLElement>('[role="row"]');
          if (row?.dataset.id) setCursor(row.dataset.id);
        }}
      >
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above */}
        <div role="row" className={classes.head} data-narrow={shape.narrow || undefined}>
          {columns.map((column) => (
            // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above
            <div key={column} role="columnheader">
              <span className={column === 'actions' ? 'hidden-text' : undefined}>
                {t(`columns.${column}`)}
              </span>
            </div>
          ))}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div
          role="rowgroup"
          className={classes.rows}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const id = ids[index];
            return (
              id !== undefined && (
                <TunnelRow
                  key={id}
                  id={id}
                  index={index}
                  topPx={start}
                  heightPx={shape.rowHeightPx}
                  tabbable={index === Math.max(0, cursorAt)}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
});
