/** A terminal's screen as far as line editing needs it: wrapping, wide characters, the few sequences an editor sends. */
import { characterWidth } from '../../main/sandbox/guest/terminal/text-width.ts';

export interface SmallScreen {
  write(text: string): void;
  /** Rows without trailing blanks, and none after the last with text. */
  rows(): readonly string[];
  cursor(): readonly [row: number, column: number];
}

const mark = '\x1b';
const token = new RegExp(`${mark}\\[([0-9;?]*)([A-Za-z])|[^]`, 'gu');
/** The right half of a wide character. */
const half = '\0';

export function createSmallScreen(columns: number): SmallScreen {
  const rows: string[][] = [[]];
  let [row, column] = [0, 0];
  const rowAt = (at: number): string[] => {
    while (rows.length <= at) rows.push([]);
    return rows[at] ?? [];
  };
  const put = (character: string) => {
    const width = characterWidth(character);
    if (column + width > columns) {
      row += 1;
      column = 0;
    }
    const cells = rowAt(row);
    while (cells.length < column) cells.push(' ');
    if (width === 0) {
      // A combining mark joins the character before it.
      cells[column - 1] = (cells[column - 1] ?? '') + character;
      return;
    }
    cells.splice(column, width, character, ...(width === 2 ? [half] : []));
    column += width;
  };
  const control = (amount: number, letter: string) => {
    // A cursor behind the last column stands on it, for every movement.
    column = Math.min(column, columns - 1);
    if (letter === 'A') row = Math.max(row - amount, 0);
    else if (letter === 'C') column = Math.min(column + amount, columns - 1);
    else if (letter === 'J') {
      rows.length = Math.min(rows.length, row + 1);
      rowAt(row).length = Math.min(rowAt(row).length, column);
    }
  };
  return {
    write(text) {
      for (const [whole, amount, letter] of text.matchAll(token)) {
        if (letter !== undefined) control(Number(amount) || 1, letter);
        else if (whole === '\r') column = 0;
        else if (whole === '\n') {
          row += 1;
          rowAt(row);
        } else put(whole);
      }
    },
    rows: () => rows.map((cells) => cells.join('').replaceAll(half, '').trimEnd()),
    cursor: () => [row, column],
  };
}
