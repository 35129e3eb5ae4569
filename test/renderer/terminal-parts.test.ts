/** The small rules of a terminal: whose key it is, what is a report, which link is opened, how a title is shown. */
import { describe, expect, it } from 'vitest';
import { dockCommand, type KeyPress, keyboardOf } from '../../renderer/terminal/pane-keys.ts';
import { isTerminalReport } from '../../renderer/terminal/terminal-report.ts';
import { cleanTitle } from '../../renderer/terminal/terminal-title.ts';
import { allowedPage } from '../../renderer/ui/open-page.ts';

const press = (keys: string, more: Partial<KeyPress> = {}): KeyPress => {
  const parts = keys.split(' ');
  const code = parts.at(-1) ?? '';
  return {
    code,
    key: code.replace(/^Key/, '').toLowerCase(),
    ctrlKey: parts.includes('Ctrl'),
    metaKey: parts.includes('Cmd'),
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
    isComposing: false,
    keyCode: 0,
    ...more,
  };
};

const alone = { selected: false, split: false };

describe('a key', () => {
  it.each([
    ['Ctrl Shift KeyC', 'copy'],
    ['Ctrl Shift KeyV', 'paste'],
    ['Shift Insert', 'paste'],
    ['Ctrl Shift KeyF', 'search'],
    ['Ctrl Shift KeyT', 'new-terminal'],
    ['Ctrl PageDown', 'next-tab'],
    ['Ctrl PageUp', 'previous-tab'],
    ['Ctrl KeyC', undefined],
    ['Ctrl KeyV', undefined],
    ['Ctrl Alt Shift KeyC', undefined],
    ['KeyC', undefined],
    ['Cmd KeyC', undefined],
  ])('%s means %s', (keys, command) => {
    expect(dockCommand(press(keys), 'other', alone)).toBe(command);
  });

  it('with Cmd is the dock’s on a Mac, and Ctrl stays the shell’s', () => {
    expect(dockCommand(press('Cmd KeyC'), 'mac', alone)).toBe('copy');
    expect(dockCommand(press('Ctrl Shift KeyC'), 'mac', alone)).toBeUndefined();
  });

  it('with which a Mac cuts ends no terminal', () => {
    const split = { selected: true, split: true };
    expect(dockCommand(press('Cmd KeyX'), 'mac', split)).toBeUndefined();
    expect(dockCommand(press('Cmd Shift KeyX'), 'mac', split)).toBe('close-pane');
  });

  it.each([
    ['Ctrl Shift ArrowLeft', 'pane-left'],
    ['Ctrl Shift ArrowDown', 'pane-down'],
    ['Ctrl Shift KeyX', 'close-pane'],
  ])('%s means %s in a tab of several panes, and is the shell’s in one of one', (keys, command) => {
    expect(dockCommand(press(keys), 'other', { selected: false, split: true })).toBe(command);
    expect(dockCommand(press(keys), 'other', alone)).toBeUndefined();
  });

  it.each([
    ['Ctrl Shift KeyC', 'other', undefined],
    ['Ctrl Shift KeyX', 'other', undefined],
    ['Ctrl Shift ArrowLeft', 'other', 'pane-left'],
    ['Ctrl Shift KeyF', 'other', 'search'],
    ['Ctrl KeyC', 'windows', undefined],
    ['Cmd KeyX', 'mac', undefined],
    ['Cmd ArrowLeft', 'mac', undefined],
    ['Cmd KeyT', 'mac', 'new-terminal'],
  ] as const)('%s in a field beside the terminal, %s, means %s', (keys, keyboard, command) => {
    const inField = { selected: true, split: true, inField: true };
    expect(dockCommand(press(keys), keyboard, inField)).toBe(command);
  });

  it('zooms by its sign, wherever the sign lies on the keyboard', () => {
    expect(dockCommand(press('Ctrl Shift Equal', { key: '+' }), 'other', alone)).toBe(
      'larger-text',
    );
    expect(dockCommand(press('Ctrl Slash', { key: '-' }), 'other', alone)).toBe('smaller-text');
    expect(dockCommand(press('Ctrl Digit0', { key: '0' }), 'other', alone)).toBe('default-text');
  });

  it('belongs to the input method while text is composed', () => {
    expect(
      dockCommand(press('Ctrl Shift KeyC', { isComposing: true }), 'other', alone),
    ).toBeUndefined();
    expect(dockCommand(press('Ctrl Shift KeyC', { keyCode: 229 }), 'other', alone)).toBeUndefined();
  });
});

describe('a key as on Windows', () => {
  it.each([
    ['Ctrl KeyC', true, 'copy-and-deselect'],
    ['Ctrl KeyC', false, undefined],
    ['Ctrl KeyV', false, 'paste'],
  ] as const)('%s with something selected: %s means %s', (keys, selected, command) => {
    expect(dockCommand(press(keys), 'windows', { selected, split: false })).toBe(command);
  });

  it('is known by the platform’s name', () => {
    expect(['Win32', 'MacIntel', 'Linux x86_64'].map(keyboardOf)).toEqual([
      'windows',
      'mac',
      'other',
    ]);
  });
});

describe('a terminal report', () => {
  it.each([
    '\u001b[?1;2c',
    '\u001b[>0;276;0c',
    '\u001b[0n',
    '\u001b[12;40R',
    '\u001b[?2004;1$y',
    '\u001b]11;rgb:0b0b/0e0e/1313\u001b\\',
    '\u001bP1$r0m\u001b\\',
    '\u001b[0n\u001b[1;1R',
  ])('%j is known as one', (data) => expect(isTerminalReport(data)).toBe(true));

  it.each(['c', 'R', '\r', '\u001b[A', '\u001bOP', '\u001b', '\u001b[200~x\u001b[201~', 'ls\r'])(
    '%j is typing',
    (data) => expect(isTerminalReport(data)).toBe(false),
  );
});

describe('a link', () => {
  it.each([
    ['https://example.org/a?b#c', 'https://example.org/a?b#c'],
    ['http://127.0.0.1:8888', 'http://127.0.0.1:8888/'],
    ['https://xn--pple-43d.com', 'https://xn--pple-43d.com/'],
    ['https://аpple.com', 'https://xn--pple-43d.com/'],
  ])('%s may be opened, and is shown as %s', (text, shown) => {
    expect(allowedPage(text)?.href).toBe(shown);
  });

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'smb://host/share',
    'ms-msdt:/id',
    'data:text/html,x',
    'https://user:secret@example.org',
    'https://user@example.org',
    'not a link',
    '',
    `https://example.org/${'a'.repeat(2048)}`,
  ])('%s may not', (text) => expect(allowedPage(text)).toBeUndefined());
});

describe('a title', () => {
  it.each([
    ['vim notes.txt', 'vim notes.txt'],
    ['a\u001b[31mb\u0007', 'a[31mb'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['<b>x</b>', '<b>x</b>'],
  ])('%j is shown as %j', (raw, shown) => expect(cleanTitle(raw)).toBe(shown));

  it('is cut between characters', () => {
    expect([...cleanTitle('🚀'.repeat(200))]).toHaveLength(80);
  });
});
