/** Keeps what is chosen to what is shown, whatever was filtered out, deleted or renamed meanwhile. */
import { useEffect, useRef } from 'react';
import type { FileEntry } from '../../preload/contract/files.ts';
import { useView } from '../shell/view-context.ts';
import { keepShown } from './selection.ts';

/** @param rows undefined while nothing was read: what is chosen then waits for it */
export function useKeepShown(rows: readonly FileEntry[] | undefined): void {
  const { useFilesView } = useView();
  const selection = useFilesView((view) => view.selection);
  /** Where the keyboard was, for when its row goes. */
  const cursorAt = useRef(-1);
  useEffect(() => {
    if (!rows) return;
    const order = rows.map(({ name }) => name);
    const kept = keepShown(selection, order, cursorAt.current);
    if (kept !== selection) useFilesView.getState().select(kept);
    cursorAt.current = kept.cursor === undefined ? -1 : order.indexOf(kept.cursor);
  }, [rows, selection, useFilesView]);
}
