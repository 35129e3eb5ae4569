/** The menu asked for by a key: it belongs to the row the keyboard is on, while the browser asks the whole table for it. */
import { type KeyboardEvent, type MouseEvent, useRef } from 'react';

interface KeyboardMenu {
  noteKey(event: KeyboardEvent): void;
  notePointer(): void;
  /** Asks once more at the row where a key asked. @returns whether this asking is done with */
  menuAtRow(event: MouseEvent): boolean;
}

/** How far from the row's beginning the menu stands. */
const insetPx = 60;

/** @param rowId of the row the keyboard is on */
export function useKeyboardMenu(rowId: string): KeyboardMenu {
  const byKey = useRef(false);
  return {
    noteKey({ key, shiftKey }) {
      byKey.current = key === 'ContextMenu' || (key === 'F10' && shiftKey);
    },
    notePointer() {
      byKey.current = false;
    },
    menuAtRow(event) {
      const row = document.getElementById(rowId);
      if (!byKey.current || !row) return false;
      byKey.current = false;
      event.preventDefault();
      event.stopPropagation();
      const { left, bottom } = row.getBoundingClientRect();
      row.dispatchEvent(
        new window.MouseEvent('contextmenu', {
          bubbles: true,
          cancelable: true,
          clientX: left + insetPx,
          clientY: bottom,
        }),
      );
      return true;
    },
  };
}
