/** The line editor of a guest's terminal: every key, on a screen that wraps, with text that is wide. */
import { describe, expect, it } from 'vitest';
import { LineEditor } from '../../main/sandbox/guest/terminal/line-editor.ts';
import { createSmallScreen } from '../support/small-screen.ts';

interface TypeOptions {
  readonly columns?: number;
  readonly history?: readonly string[];
}

function type(input: string, { columns = 40, history = [] }: TypeOptions = {}) {
  const screen = createSmallScreen(columns);
  const editor = new LineEditor({
    prompt: '\x1b[1m$ \x1b[0m',
    columns,
    history,
    complete: (before) =>
      before.endsWith('tr')
        ? { start: before.length - 2, text: 'train', choices: ['train.py', 'train.log'] }
        : { start: before.length, text: '', choices: ['one', 'two'] },
  });
  screen.write(editor.start());
  const { output, event, rest } = editor.feed(input);
  screen.write(output);
  return { text: editor.text, event, rest, rows: screen.rows(), cursor: screen.cursor() };
}

describe('keys', () => {
  it.each([
    ['text', 'echo hi', 'echo hi'],
    ['backspace', 'abc\x7f\x7fd', 'ad'],
    ['backspace at the start', '\x7fa', 'a'],
    ['left and insert', 'ac\x1b[Db', 'abc'],
    ['Ctrl-A and Ctrl-E', 'b\x01a\x05c', 'abc'],
    ['Home and End', 'b\x1b[Ha\x1b[Fc', 'abc'],
    ['Delete', 'abc\x01\x1b[3~', 'bc'],
    ['Ctrl-D within a line', 'abc\x01\x04', 'bc'],
    ['Ctrl-U', 'one two\x1b[D\x15', 'o'],
    ['Ctrl-K', 'one two\x01\x06\x0b', 'o'],
    ['Ctrl-W', 'rm -rf /tmp/x \x17', 'rm -rf '],
    ['Ctrl-W and Ctrl-Y', 'a b\x17c \x19', 'a c b'],
    ['Alt-B', 'one two\x1bbX', 'one Xtwo'],
    ['Alt-F', 'one two\x01\x1bfX', 'oneX two'],
    ['Alt-D', 'one two\x01\x1bd', ' two'],
    ['Ctrl-Right', 'one two\x01\x1b[1;5CX', 'oneX two'],
    ['Chinese, one character at a time', '中文\x7f字', '中字'],
    ['an emoji, whole', 'a😀\x7fb', 'ab'],
    ['an unknown sequence, ignored', 'a\x1b[99~b', 'ab'],
    ['a control character, ignored', 'a\x1d\x07b', 'ab'],
    ['pasted lines, not run', '\x1b[200~one\rtwo\x1b[201~', 'one\ntwo'],
    ['a pasted Ctrl-C, dropped', '\x1b[200~a\x03b\x1b[201~', 'ab'],
    ['Tab to what all choices share', 'cat tr\t', 'cat train'],
  ])('%s', (_, input, text) => {
    expect(type(input)).toMatchObject({ text, event: undefined });
  });

  it('keeps what comes after Enter for the next line', () => {
    expect(type('one\rtwo\r')).toMatchObject({ text: 'one', event: 'line', rest: 'two\r' });
  });

  it('ends at Ctrl-D on an empty line, and gives up a line at Ctrl-C', () => {
    expect(type('\x04')).toMatchObject({ event: 'end' });
    expect(type('half a line\x03')).toMatchObject({
      event: 'interrupt',
      rows: ['$ half a line^C', ''],
    });
  });

  it('waits for the rest of an escape sequence', () => {
    expect(type('a\x1b[')).toMatchObject({ text: 'a', rest: '\x1b[' });
  });
});

describe('history', () => {
  const history = ['ls -la', 'nvidia-smi', 'python3 train.py'];

  it.each([
    ['up', '\x1b[A', 'python3 train.py'],
    ['up twice', '\x1b[A\x10', 'nvidia-smi'],
    ['no further than the first', '\x10\x10\x10\x10\x10', 'ls -la'],
    ['back to what was being typed', 'draft\x1b[A\x1b[B', 'draft'],
    ['searched backwards', '\x12nvi', 'nvidia-smi'],
    ['searched further back', '\x12i\x12', 'nvidia-smi'],
    ['found, then changed', '\x12ls\x05 /tmp', 'ls -la /tmp'],
    ['a search given up', '\x12nvi\x07', ''],
  ])('%s', (_, input, text) => {
    expect(type(input, { history }).text).toBe(text);
  });
});

describe('the screen', () => {
  it.each([
    ['a short line', 'echo', ['$ echo'], [0, 6]],
    ['a line that fills the row', '12345678', ['$ 12345678', ''], [1, 0]],
    ['a line over the edge', '1234567890', ['$ 12345678', '90'], [1, 2]],
    ['the cursor back over the edge', '1234567890\x01', ['$ 12345678', '90'], [0, 2]],
    ['an insert that moves the edge', '12345678\x01ab', ['$ ab123456', '78'], [0, 4]],
    ['a wide character that does not fit the row', '1234567中', ['$ 1234567', '中'], [1, 2]],
    ['the cursor between wide characters', '中文\x1b[D和', ['$ 中和文'], [0, 6]],
    ['rows that go away again', '12345678901\x15', ['$'], [0, 2]],
    ['pasted lines', '\x1b[200~a\nb\x1b[201~', ['$ a', 'b'], [1, 1]],
    ['a combining mark', 'e\u0301x', ['$ e\u0301x'], [0, 4]],
  ])('shows %s', (_, input, rows, cursor) => {
    const shown = type(input, { columns: 10 });
    expect(shown.rows).toEqual(rows);
    expect(shown.cursor).toEqual(cursor);
  });

  it('lists the choices at the second Tab, and the line again below', () => {
    expect(type('x \t\t').rows).toEqual(['$ x', 'one  two', '$ x']);
  });
});
