/** Editing one line at a shell's prompt, as readline does: keys in, escape sequences and finished lines out. */
import { layOutLine } from './line-layout.ts';
import { splitInput } from './split-input.ts';
import { textWidth } from './text-width.ts';

export interface Completion {
  /** Replaces everything from here to the cursor, in characters. */
  readonly start: number;
  readonly text: string;
  /** More than one way to go on. */
  readonly choices: readonly string[];
}

export interface LineEditorOptions {
  readonly prompt: string;
  readonly columns: number;
  /** Oldest first. */
  readonly history: readonly string[];
  complete(beforeCursor: string): Completion | undefined;
}

export type EditorEvent = 'line' | 'end' | 'interrupt';

const controlCodes = new RegExp(`${'\x1b'}\\[[0-9;?]*[A-Za-z]`, 'g');

export class LineEditor {
  readonly #options: LineEditorOptions;
  readonly #promptWidth: number;
  #columns: number;
  #characters: string[] = [];
  #cursor = 0;
  #cursorRow = 0;
  #historyAt: number;
  /** What was typed before going back in history. */
  #draft = '';
  #killed = '';
  #pasting: string | undefined;
  #search: { readonly pattern: string } | undefined;
  #tabs = 0;
  #output = '';

  constructor(options: LineEditorOptions) {
    this.#options = options;
    this.#columns = Math.max(options.columns, 2);
    this.#promptWidth = textWidth(options.prompt.replace(controlCodes, ''));
    this.#historyAt = options.history.length;
  }

  get text(): string {
    return this.#characters.join('');
  }

  start(): string {
    return this.#options.prompt;
  }

  resize(columns: number): string {
    this.#columns = Math.max(columns, 2);
    this.#redraw();
    return this.#take();
  }

  /** @returns what to print, what happened, and the input that came after */
  feed(input: string): { output: string; event: EditorEvent | undefined; rest: string } {
    const { keys, rest } = splitInput(input);
    for (const [at, key] of keys.entries()) {
      const event = this.#press(key);
      if (event) return { output: this.#take(), event, rest: keys.slice(at + 1).join('') + rest };
    }
    return { output: this.#take(), event: undefined, rest };
  }

  #take(): string {
    const output = this.#output;
    this.#output = '';
    return output;
  }

  #press(key: string): EditorEvent | undefined {
    if (this.#pasting !== undefined) {
      if (key === '\x1b[201~') {
        this.#insert(this.#pasting.replace(/\r\n?/g, '\n'));
        this.#pasting = undefined;
      } else this.#pasting += key;
      return undefined;
    }
    this.#tabs = key === '\t' ? this.#tabs + 1 : 0;
    if (this.#search && this.#pressInSearch(key, this.#search)) return undefined;
    if (key === '\r' || key === '\n') {
      this.#moveTo(this.#characters.length);
      this.#output += '\r\n';
      return 'line';
    }
    if (key === '\x03') {
      this.#output += '^C\r\n';
      return 'interrupt';
    }
    if (key === '\x04' && this.#characters.length === 0) return 'end';
    const action = this.#actions[key];
    if (action) action();
    else if (key >= ' ' && !key.startsWith('\x1b')) this.#insert(key);
    return undefined;
  }

  readonly #actions: Readonly<Record<string, () => void>> = {
    '\x1b[200~': () => {
      this.#pasting = '';
    },
    ...each(['\x01', '\x1b[H', '\x1bOH', '\x1b[1~'], () => this.#moveTo(0)),
    ...each(['\x05', '\x1b[F', '\x1bOF', '\x1b[4~'], () => this.#moveTo(this.#characters.length)),
    ...each(['\x02', '\x1b[D', '\x1bOD'], () => this.#moveTo(this.#cursor - 1)),
    ...each(['\x06', '\x1b[C', '\x1bOC'], () => this.#moveTo(this.#cursor + 1)),
    ...each(['\x1bb', '\x1b[1;5D', '\x1b[1;3D'], () => this.#moveTo(this.#wordStart())),
    ...each(['\x1bf', '\x1b[1;5C', '\x1b[1;3C'], () => this.#moveTo(this.#wordEnd())),
    ...each(['\x7f', '\b'], () => this.#remove(this.#cursor - 1, this.#cursor)),
    ...each(['\x04', '\x1b[3~'], () => this.#remove(this.#cursor, this.#cursor + 1)),
    '\x0b': () => this.#kill(this.#cursor, this.#characters.length),
    '\x15': () => this.#kill(0, this.#cursor),
    ...each(['\x17'], () => this.#kill(this.#blankBefore(), this.#cursor)),
    ...each(['\x1b\x7f'], () => this.#kill(this.#wordStart(), this.#cursor)),
    '\x1bd': () => this.#kill(this.#cursor, this.#wordEnd()),
    '\x19': () => this.#insert(this.#killed),
    '\x0c': () => {
      this.#output += '\x1b[H\x1b[2J';
      this.#cursorRow = 0;
      this.#redraw();
    },
    ...each(['\x10', '\x1b[A', '\x1bOA'], () => this.#goInHistory(-1)),
    ...each(['\x0e', '\x1b[B', '\x1bOB'], () => this.#goInHistory(1)),
    '\x12': () => {
      this.#search = { pattern: '' };
      this.#drawSearch('');
    },
    '\t': () => this.#complete(),
  };

  #insert(text: string): void {
    const added = [...text.replace(/[^\n\P{Cc}]/gu, '')];
    this.#characters.splice(this.#cursor, 0, ...added);
    const atEnd = this.#cursor + added.length === this.#characters.length;
    this.#cursor += added.length;
    const before = this.#layout(this.#cursor - added.length);
    const after = this.#layout(this.#cursor);
    // The usual key: nothing moves but the cursor.
    if (atEnd && before.row === after.row && added.length > 0) this.#output += added.join('');
    else this.#redraw();
  }

  #remove(from: number, to: number): void {
    if (from < 0 || from >= this.#characters.length || from === to) return;
    this.#characters.splice(from, to - from);
    this.#cursor = from;
    this.#redraw();
  }

  #kill(from: number, to: number): void {
    if (from === to) return;
    this.#killed = this.#characters.slice(from, to).join('');
    this.#remove(from, to);
  }

  #moveTo(place: number): void {
    const to = Math.min(Math.max(place, 0), this.#characters.length);
    if (to === this.#cursor) return;
    this.#cursor = to;
    this.#redraw();
  }

  #blankBefore(): number {
    let at = this.#cursor;
    while (at > 0 && this.#characters[at - 1] === ' ') at -= 1;
    while (at > 0 && this.#characters[at - 1] !== ' ') at -= 1;
    return at;
  }

  #wordStart(): number {
    let at = this.#cursor;
    while (at > 0 && !isWord(this.#characters[at - 1])) at -= 1;
    while (at > 0 && isWord(this.#characters[at - 1])) at -= 1;
    return at;
  }

  #wordEnd(): number {
    let at = this.#cursor;
    while (at < this.#characters.length && !isWord(this.#characters[at])) at += 1;
    while (at < this.#characters.length && isWord(this.#characters[at])) at += 1;
    return at;
  }

  #goInHistory(step: number): void {
    const { history } = this.#options;
    const to = this.#historyAt + step;
    if (to < 0 || to > history.length) return;
    if (this.#historyAt === history.length) this.#draft = this.text;
    this.#historyAt = to;
    this.#replace(history[to] ?? this.#draft);
  }

  #replace(text: string): void {
    this.#characters = [...text];
    this.#cursor = this.#characters.length;
    this.#redraw();
  }

  /** @returns whether the key belonged to the search */
  #pressInSearch(key: string, { pattern }: { readonly pattern: string }): boolean {
    const isText = key >= ' ' && key !== '\x7f' && !key.startsWith('\x1b');
    if (!isText && !['\x12', '\x7f', '\b', '\x07'].includes(key)) {
      this.#search = undefined;
      this.#redraw();
      return false;
    }
    if (key === '\x07') {
      this.#search = undefined;
      this.#replace('');
      return true;
    }
    const next = isText ? pattern + key : key === '\x12' ? pattern : pattern.slice(0, -1);
    const { history } = this.#options;
    const from = key === '\x12' ? this.#historyAt : history.length;
    const found = history.findLastIndex((line, at) => at < from && line.includes(next));
    if (found >= 0) {
      this.#historyAt = found;
      this.#characters = [...(history[found] ?? '')];
      this.#cursor = this.#characters.length;
    }
    this.#search = { pattern: next };
    this.#drawSearch(next);
    return true;
  }

  #drawSearch(pattern: string): void {
    this.#output += `${this.#toStart()}\x1b[J(reverse-i-search)\`${pattern}': ${this.text}`;
    this.#cursorRow = 0;
  }

  #complete(): void {
    const completion = this.#options.complete(this.#characters.slice(0, this.#cursor).join(''));
    if (!completion) return;
    const { start, text, choices } = completion;
    const typed = this.#characters.slice(start, this.#cursor).join('');
    if (text !== typed) {
      this.#characters.splice(start, this.#cursor - start, ...text);
      this.#cursor = start + [...text].length;
      this.#redraw();
    } else if (choices.length > 1 && this.#tabs > 1) {
      const cell = Math.max(...choices.map(textWidth)) + 2;
      const perRow = Math.max(Math.floor(this.#columns / cell), 1);
      const rows = choices.map((choice, at) => {
        const ends = at % perRow === perRow - 1 || at === choices.length - 1;
        return ends ? `${choice}\r\n` : choice + ' '.repeat(cell - textWidth(choice));
      });
      this.#output += `\r\n${rows.join('')}`;
      this.#cursorRow = 0;
      this.#redraw();
    }
  }

  #layout(upTo: number) {
    return layOutLine(this.#characters.slice(0, upTo), this.#promptWidth, this.#columns);
  }

  #toStart(): string {
    return this.#cursorRow > 0 ? `\r\x1b[${this.#cursorRow}A` : '\r';
  }

  #redraw(): void {
    const end = this.#layout(this.#characters.length);
    const at = this.#layout(this.#cursor);
    const shown = this.text.replaceAll('\n', '\r\n');
    // A full last row leaves the terminal's cursor on it until the next character.
    const wrap = end.column === 0 && end.row > 0 && !shown.endsWith('\n') ? '\r\n' : '';
    const up = end.row > at.row ? `\x1b[${end.row - at.row}A` : '';
    const right = at.column > 0 ? `\x1b[${at.column}C` : '';
    this.#output += `${this.#toStart()}${this.#options.prompt}${shown}${wrap}\x1b[J\r${up}${right}`;
    this.#cursorRow = at.row;
  }
}

const isWord = (character: string | undefined) => /[\p{L}\p{N}_]/u.test(character ?? '');

const each = (keys: readonly string[], action: () => void): Readonly<Record<string, () => void>> =>
  Object.fromEntries(keys.map((key) => [key, action]));
