/** The entries of a directory: only the rows in sight exist, every key works, files are dropped into it. */
import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, type RefObject, useEffect, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileEntry } from '../../preload/contract/files.ts';
import { useView } from '../shell/view-context.ts';
import { rowsWith } from '../ui/rows-with.ts';
import { sortHeadHeightPx } from '../ui/sort-head.tsx';
import type { FileCommand } from './file-keys.ts';
import { shownName } from './file-name.tsx';
import { FileRow } from './file-row.tsx';
import classes from './file-table.module.css';
import { FileTableHead } from './file-table-head.tsx';
import { fitColumns, gridTemplate } from './fit-columns.ts';
import { RenameField } from './rename-field.tsx';
import { nothingSelected, selectOne, selectTo, toggleName } from './selection.ts';
import type { FileActions } from './use-file-actions.ts';
import { useFileDrop } from './use-file-drop.ts';
import { useKeyboardMenu } from './use-keyboard-menu.ts';
import { useTableKeys } from './use-table-keys.ts';

const rowHeightPx = 30;
const sidePaddingPx = 28;

interface FileTableProps {
  readonly rows: readonly FileEntry[];
  readonly actions: FileActions;
  readonly run: (command: FileCommand) => void;
  readonly tableRef: RefObject<HTMLDivElement | null>;
  /** Drawn above the rows' place. */
  readonly children: ReactNode;
}

export function FileTable({ rows, actions, run, tableRef: scroller, children }: FileTableProps) {
  const { t } = useTranslation('files');
  const { useFilesView } = useView();
  const selection = useFilesView((view) => view.selection);
  const renaming = useFilesView((view) => view.renaming);
  const { select, rename } = useFilesView.getState();
  const { ref: widthRef, width } = useElementSize();
  const columns = useMemo(() => fitColumns(width - sidePaddingPx), [width]);
  const rowId = useId();
  const order = useMemo(() => rows.map(({ name }) => name), [rows]);
  const { cursor } = selection;
  const cursorAt = useMemo(() => (cursor ? order.indexOf(cursor) : -1), [order, cursor]);

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: 10,
    scrollPaddingStart: sortHeadHeightPx,
    // The row the keyboard is on stays, however far the list is scrolled: it may hold the name's field.
    rangeExtractor: rowsWith(cursorAt),
  });

  const { path } = actions.place;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each directory that is opened, not as the cursor moves
  useEffect(() => {
    if (cursorAt >= 0) virtualizer.scrollToIndex(cursorAt, { align: 'center' });
    else virtualizer.scrollToOffset(0);
  }, [path]);

  const onKeyDown = useTableKeys({
    rows,
    order,
    cursorAt,
    rowsPerPage: () =>
      Math.floor(((scroller.current?.clientHeight ?? 0) - sortHeadHeightPx) / rowHeightPx),
    show: (index) => virtualizer.scrollToIndex(index),
    run,
  });
  const { held, handlers } = useFileDrop(rows, actions.uploadDropped);

  const rowBelow = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    return row instanceof HTMLElement ? rows[Number(row.dataset.index)] : undefined;
  };
  /** Beside the rows nothing is meant but the directory itself. */
  const letGo = (event: MouseEvent) => {
    const isHead = event.target instanceof Element && event.target.closest('[role="columnheader"]');
    if (!isHead && selection.names.size > 0) select({ ...nothingSelected, cursor });
  };
  const choose = (event: MouseEvent) => {
    const entry = rowBelow(event);
    if (!entry) letGo(event);
    else if (event.shiftKey) select(selectTo(order, selection, entry.name, event.ctrlKey));
    else if (event.ctrlKey || event.metaKey) select(toggleName(selection, entry.name));
    else select(selectOne(entry.name));
  };
  /** The menu is about what is chosen; a row that is not becomes it. */
  const chooseForMenu = (event: MouseEvent) => {
    if (menuAtRow(event)) return;
    const entry = rowBelow(event);
    if (!entry) letGo(event);
    else if (!selection.names.has(entry.name)) select(selectOne(entry.name));
  };
  const finishRenaming = (entry: FileEntry, name: string | undefined) => {
    rename(undefined);
    scroller.current?.focus();
    if (name !== undefined) actions.rename(entry, name);
  };
  const { noteKey, notePointer, menuAtRow } = useKeyboardMenu(`${rowId}${cursorAt}`);
  const into = held?.into;

  return (
    <div ref={widthRef} className={classes.place} {...handlers}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows that come and go by scrolling cannot be a table element's */}
      <div
        ref={scroller}
        role="grid"
        className={classes.table}
        tabIndex={0}
        aria-label={t('table', { path })}
        aria-multiselectable
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        {...(cursorAt >= 0 && { 'aria-activedescendant': `${rowId}${cursorAt}` })}
        style={{ '--columns': gridTemplate(columns) } as never}
        onKeyDown={(event) => {
          noteKey(event);
          onKeyDown(event);
        }}
        onPointerDown={notePointer}
        onClick={choose}
        onContextMenu={chooseForMenu}
        onDoubleClick={(event) => {
          const entry = rowBelow(event);
          if (entry && !(event.target instanceof HTMLInputElement)) actions.open(entry);
        }}
      >
        <FileTableHead columns={columns} />
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div
          role="rowgroup"
          className={classes.rows}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const entry = rows[index];
            return (
              entry && (
                <FileRow
                  key={entry.name}
                  id={`${rowId}${index}`}
                  entry={entry}
                  index={index}
                  topPx={start}
                  columns={columns}
                  selected={selection.names.has(entry.name)}
                  current={index === cursorAt}
                  target={into === entry}
                  nameField={
                    renaming === entry.name && (
                      <RenameField
                        name={entry.name}
                        onDone={(name) => finishRenaming(entry, name)}
                      />
                    )
                  }
                />
              )
            );
          })}
        </div>
      </div>
      {children}
      {held && (
        <div className={classes.drop} data-into={into !== undefined || undefined}>
          <span>{t('dropInto', { path: into ? shownName(into.name) : path })}</span>
        </div>
      )}
    </div>
  );
}
