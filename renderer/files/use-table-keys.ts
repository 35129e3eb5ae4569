/** The keyboard in a directory: arrows, ranges, typing a name's beginning, and a command for everything else. */
import { type KeyboardEvent, useRef } from 'react';
import type { FileEntry } from '../../preload/contract/files.ts';
import { moveCursor } from '../instances/move-cursor.ts';
import { useView } from '../shell/view-context.ts';
import { findTyped } from './directory-rows.ts';
import { type FileCommand, fileCommand, isTyped } from './file-keys.ts';
import { selectOne, selectTo } from './selection.ts';

const isMac = /^mac/i.test(navigator.platform);
/** Letters that follow each other within this time are one beginning. */
const typedTogetherMs = 900;

interface TableKeys {
  readonly rows: readonly FileEntry[];
  readonly order: readonly string[];
  readonly cursorAt: number;
  rowsPerPage(): number;
  show(index: number): void;
  run(command: FileCommand): void;
}

export function useTableKeys(table: TableKeys): (event: KeyboardEvent) => void {
  const { useFilesView } = useView();
  const typed = useRef({ text: '', atMs: Number.NEGATIVE_INFINITY });

  const goTo = (index: number, extend: boolean, cursorOnly: boolean) => {
    const name = table.order[index];
    if (name === undefined) return;
    const { selection, select } = useFilesView.getState();
    if (extend) select(selectTo(table.order, selection, name));
    else if (cursorOnly) select({ ...selection, cursor: name, anchor: name });
    else select(selectOne(name));
    table.show(index);
  };

  /** @param pressedAtMs when the key was pressed, however late the page comes to it */
  const type = (key: string, pressedAtMs: number) => {
    const { text, atMs } = typed.current;
    const goesOn = pressedAtMs - atMs < typedTogetherMs;
    // The same letter again goes on to the next name that begins with it.
    const next = goesOn && text !== key ? text + key : key;
    typed.current = { text: next, atMs: pressedAtMs };
    const at = findTyped(table.rows, next, table.cursorAt);
    if (at >= 0) goTo(at, false, false);
  };

  return (event) => {
    if (event.nativeEvent.isComposing || event.target !== event.currentTarget) return;
    const moved = moveCursor(event.key, table.cursorAt, table.order.length, table.rowsPerPage());
    if (moved !== undefined && !event.altKey && !event.metaKey) {
      event.preventDefault();
      goTo(moved, event.shiftKey, event.ctrlKey);
      return;
    }
    const isBeginning = event.timeStamp - typed.current.atMs >= typedTogetherMs;
    if (event.key === ' ' && isBeginning && !event.ctrlKey) {
      event.preventDefault();
      table.run('toggle');
      return;
    }
    const command = fileCommand(event, isMac);
    if (command) {
      event.preventDefault();
      table.run(command);
    } else if (isTyped(event)) {
      event.preventDefault();
      type(event.key, event.timeStamp);
    }
  };
}
