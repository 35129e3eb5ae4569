/** One plain text editor under the names vi, vim and nano; it says what it is and which keys it knows. */

import { textWidth } from '../terminal/text-width.ts';
import { type CommandCall, type GuestCommand, pathIn } from './command.ts';
import { readOptions } from './options.ts';
import { clear, inverse, keyName, moveTo, onScreen, screenSize, splitKeys } from './screen.ts';

interface Document {
  lines: string[];
  row: number;
  /** In characters of the line. */
  column: number;
  top: number;
  changed: boolean;
}

const help = 'Sandbox editor: Ctrl-O or Ctrl-S save, Ctrl-X or Ctrl-Q leave';

export const editor: GuestCommand = {
  names: ['vi', 'vim', 'nano'],
  async run(call) {
    const [name] = readOptions(call.args).operands;
    if (!call.live || name === undefined) {
      await call.error(`${call.name}: ${call.live ? 'name a file' : 'needs a terminal'}\n`);
      return 1;
    }
    const path = pathIn(call, name);
    const text = (await call.files.exists(path)) ? await call.files.readFile(path) : '';
    const document: Document = {
      lines: text.replace(/\n$/, '').split('\n'),
      row: 0,
      column: 0,
      top: 0,
      changed: false,
    };
    return onScreen(call, () => edit(call, name, path, document));
  },
};

async function edit(
  call: CommandCall,
  name: string,
  path: string,
  document: Document,
): Promise<number> {
  let message = help;
  let leaving = false;
  for (;;) {
    await draw(call, name, document, message);
    for (const key of splitKeys(await call.keys(60_000))) {
      const [save, leave] = ['\x0f\x13'.includes(key), '\x18\x11\x03'.includes(key)];
      if (leave && (!document.changed || leaving)) return 0;
      leaving = leave;
      if (leave) message = 'Not saved. Ctrl-X again leaves without saving, Ctrl-O saves.';
      else if (save) {
        try {
          await call.files.writeFile(path, `${document.lines.join('\n')}\n`);
          document.changed = false;
          message = `${document.lines.length} lines written`;
        } catch (error) {
          message = error instanceof Error ? error.message : String(error);
        }
      } else {
        message = help;
        press(document, keyName(key));
      }
    }
  }
}

function press(document: Document, key: string): void {
  const { lines, row, column } = document;
  const line = lines[row] ?? '';
  const setLine = (text: string) => {
    lines[row] = text;
    document.changed = true;
  };
  const moves: Readonly<Record<string, () => void>> = {
    up: () => {
      document.row -= 1;
    },
    down: () => {
      document.row += 1;
    },
    left: () => {
      document.column -= 1;
    },
    right: () => {
      document.column += 1;
    },
    home: () => {
      document.column = 0;
    },
    end: () => {
      document.column = line.length;
    },
    'page-up': () => {
      document.row -= 20;
    },
    'page-down': () => {
      document.row += 20;
    },
    enter: () => {
      setLine(line.slice(0, column));
      lines.splice(row + 1, 0, line.slice(column));
      document.row += 1;
      document.column = 0;
    },
    backspace: () => {
      if (column > 0) {
        setLine(line.slice(0, column - 1) + line.slice(column));
        document.column -= 1;
      } else if (row > 0) {
        const before = lines[row - 1] ?? '';
        lines.splice(row, 1);
        document.row -= 1;
        document.column = before.length;
        lines[row - 1] = before + line;
        document.changed = true;
      }
    },
    delete: () => {
      if (column < line.length) setLine(line.slice(0, column) + line.slice(column + 1));
      else if (row + 1 < lines.length) {
        setLine(line + (lines[row + 1] ?? ''));
        lines.splice(row + 1, 1);
      }
    },
  };
  const move = moves[key];
  if (move) move();
  else if (key === '\t' || key >= ' ') {
    setLine(line.slice(0, column) + key + line.slice(column));
    document.column += key.length;
  }
  document.row = Math.min(Math.max(document.row, 0), lines.length - 1);
  document.column = Math.min(Math.max(document.column, 0), lines[document.row]?.length ?? 0);
}

async function draw(
  call: CommandCall,
  name: string,
  document: Document,
  message: string,
): Promise<void> {
  const { columns, rows } = await screenSize(call);
  const height = rows - 2;
  const { row, column, lines } = document;
  if (row < document.top) document.top = row;
  if (row >= document.top + height) document.top = row - height + 1;
  const shown = lines
    .slice(document.top, document.top + height)
    .map((line) => line.replaceAll('\t', ' ').slice(0, columns));
  const title = ` ${name}${document.changed ? ' (changed)' : ''}`.padEnd(columns).slice(0, columns);
  const left = textWidth((lines[row] ?? '').slice(0, column));
  await call.out(
    `${clear}${inverse(title)}\n${shown.join('\n')}${moveTo(rows, 1)}${inverse(message.slice(0, columns))}` +
      moveTo(row - document.top + 2, Math.min(left + 1, columns)),
  );
}
