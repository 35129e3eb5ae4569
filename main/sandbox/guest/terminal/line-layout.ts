/** Where the cursor stands after a prompt and some text, on a terminal that wraps. */
import { characterWidth } from './text-width.ts';

export interface Position {
  /** Below the row the prompt begins in. */
  readonly row: number;
  readonly column: number;
}

export function layOutLine(
  characters: readonly string[],
  promptWidth: number,
  columns: number,
): Position {
  let row = Math.floor(promptWidth / columns);
  let column = promptWidth % columns;
  for (const character of characters) {
    if (character === '\n') {
      row += 1;
      column = 0;
      continue;
    }
    const width = characterWidth(character);
    // A wide character does not fit into the last column alone.
    if (column + width > columns) {
      row += 1;
      column = 0;
    }
    column += width;
    if (column === columns) {
      row += 1;
      column = 0;
    }
  }
  return { row, column };
}
