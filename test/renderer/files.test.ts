/** What the files page works out by itself: order, choice, paths, permissions, keys, and texts as they came. */
import { describe, expect, test } from 'vitest';
import type { FileEntry } from '../../preload/contract/files.ts';
import { directoryRows, type FileSort, findTyped } from '../../renderer/files/directory-rows.ts';
import {
  fromField,
  indentOf,
  lineEndsOf,
  stepLinesIn,
  toField,
} from '../../renderer/files/editor-text.ts';
import { fileCommand, isTyped, type KeyPress } from '../../renderer/files/file-keys.ts';
import { shownName } from '../../renderer/files/file-name.tsx';
import { createLocalPaths, localName, numberedName } from '../../renderer/files/local-names.ts';
import { modeText, octalText, readOctal } from '../../renderer/files/mode-bits.ts';
import { nameProblem } from '../../renderer/files/name-problem.ts';
import {
  changeDirectoryLine,
  parentPath,
  pathCrumbs,
  typedPath,
} from '../../renderer/files/remote-path.ts';
import {
  keepShown,
  nothingSelected,
  selectOne,
  selectTo,
  toggleName,
} from '../../renderer/files/selection.ts';

const entry = (name: string, part: Partial<FileEntry> = {}): FileEntry => ({
  name,
  kind: 'file',
  size: 1,
  modifiedAt: '2026-11-20T10:00:00.000Z',
  mode: 0o644,
  owner: 'ubuntu',
  group: 'ubuntu',
  ...part,
});

const namesOf = (entries: readonly FileEntry[], part: Partial<FileSort> = {}, filter = '') =>
  directoryRows(entries, {
    hidden: false,
    filter,
    sort: { column: 'name', descending: false, ...part },
    language: 'en',
  }).map(({ name }) => name);

describe('the rows of a directory', () => {
  const entries = [
    entry('b10.pt', { size: 5 }),
    entry('b2.pt', { size: 9 }),
    entry('.bashrc'),
    entry('zoo', { kind: 'directory' }),
    entry('to-zoo', { kind: 'link', link: { path: 'zoo', kind: 'directory' } }),
    entry('lost', { kind: 'link', link: { path: 'nowhere' } }),
  ];

  test('stand by size where it is known: directories, whose content nobody knows, by name', () => {
    const some = [
      entry('b', { kind: 'directory', size: 4096 }),
      entry('a', { kind: 'directory', size: 20480 }),
      entry('small', { size: 1 }),
      entry('large', { size: 9 }),
    ];
    expect(namesOf(some, { column: 'size' })).toEqual(['a', 'b', 'small', 'large']);
    expect(namesOf(some, { column: 'size', descending: true })).toEqual([
      'a',
      'b',
      'large',
      'small',
    ]);
  });

  test('stand as people count, what can be opened above the rest', () => {
    expect(namesOf(entries)).toEqual(['to-zoo', 'zoo', 'b2.pt', 'b10.pt', 'lost']);
    expect(namesOf(entries, { descending: true })).toEqual([
      'zoo',
      'to-zoo',
      'lost',
      'b10.pt',
      'b2.pt',
    ]);
    expect(namesOf(entries, { column: 'size', descending: true }).slice(2)).toEqual([
      'b2.pt',
      'b10.pt',
      'lost',
    ]);
  });

  test('are those that hold what is typed, whatever its capitals', () => {
    expect(namesOf(entries, {}, 'ZOO')).toEqual(['to-zoo', 'zoo']);
  });

  test('are found by their beginning, the next one first, once around', () => {
    const rows = ['alpha', 'beta', 'bravo', 'beton'].map((name) => entry(name));
    expect(findTyped(rows, 'b', 1)).toBe(2);
    expect(findTyped(rows, 'b', 3)).toBe(1);
    expect(findTyped(rows, 'be', 1)).toBe(1);
    expect(findTyped(rows, 'x', 0)).toBe(-1);
  });
});

describe('what is chosen', () => {
  const order = ['a', 'b', 'c', 'd'];

  test('is a range from where it began, in both directions', () => {
    const down = selectTo(order, selectOne('b'), 'd');
    expect([...down.names]).toEqual(['b', 'c', 'd']);
    expect([...selectTo(order, down, 'a').names]).toEqual(['a', 'b']);
    expect([...selectTo(order, toggleName(selectOne('a'), 'c'), 'd', true).names]).toEqual([
      'a',
      'c',
      'd',
    ]);
  });

  test('lets go of what is gone, and keeps the keyboard where it was', () => {
    const kept = keepShown(selectOne('b'), ['a', 'c', 'd'], 1);
    expect([kept.names.size, kept.cursor]).toEqual([0, 'c']);
    expect(keepShown(selectOne('d'), ['a'], 3).cursor).toBe('a');
    expect(keepShown(selectOne('d'), [], 3).cursor).toBeUndefined();
    expect(keepShown(nothingSelected, order, -1)).toBe(nothingSelected);
  });
});

test('a path is led up, laid out, and typed from where one is', () => {
  expect([parentPath('/a/b'), parentPath('/a'), parentPath('/')]).toEqual(['/a', '/', undefined]);
  expect(pathCrumbs('/a/b').map(({ path }) => path)).toEqual(['/', '/a', '/a/b']);
  expect(pathCrumbs('/').map(({ path }) => path)).toEqual(['/']);
  const from = '/var/log';
  for (const [typed, meant] of [
    ['/etc//ssh/', '/etc/ssh'],
    ['..', '/var'],
    ['../../..', '/'],
    ['./nginx', '/var/log/nginx'],
    ['~', '/home/u'],
    ['~/x', '/home/u/x'],
    ['', '/home/u'],
  ] as const) {
    expect(typedPath(typed, from, '/home/u')).toBe(meant);
  }
  expect(typedPath('~', from, undefined)).toBe('');
});

test('a terminal is led to a directory by one line, and never by keys hidden in its name', () => {
  expect(changeDirectoryLine("/data/it's; rm -rf ~")).toBe(" cd -- '/data/it'\\''s; rm -rf ~'");
  expect(changeDirectoryLine('/a\nreboot')).toBeUndefined();
  expect(changeDirectoryLine('/a\udce9')).toBeUndefined();
});

test('permissions read as ls writes them', () => {
  for (const [kind, mode, text, octal] of [
    ['file', 0o644, '-rw-r--r--', '644'],
    ['directory', 0o2775, 'drwxrwsr-x', '2775'],
    ['file', 0o4711, '-rws--x--x', '4711'],
    ['directory', 0o1777, 'drwxrwxrwt', '1777'],
    ['file', 0o7000, '---S--S--T', '7000'],
  ] as const) {
    expect([modeText(kind, mode), octalText(mode)]).toEqual([text, octal]);
    expect(readOctal(octal)).toBe(mode);
  }
  for (const wrong of ['', '8', '64', '77777', '0x1', '-12']) {
    expect(readOctal(wrong)).toBeUndefined();
  }
});

test('names are shown with nothing hidden in them', () => {
  expect(shownName('evil\u202egpj.exe')).toBe('evil·gpj.exe');
  expect(shownName('a\nb\tc\u001b[31m')).toBe('a·b·c·[31m');
  expect(shownName(' x  y ')).toBe('␣x  y␣');
  expect(shownName('latin\udce9.txt')).toBe('latin\\xe9.txt');
  expect(shownName('😀.txt')).toBe('😀.txt');
});

test('names come to this machine as ones it can take, and never lead elsewhere', () => {
  for (const [theirs, ours] of [
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['a\\b:c', 'a_b_c'],
    ['..', '_'],
    ['con.txt', '_con.txt'],
    ['trailing. ', 'trailing_'],
    ['bad\udce9', 'bad_'],
    ['line\nbreak', 'line·break'],
  ] as const) {
    expect(localName(theirs)).toBe(ours);
  }
  expect(localName(`${'x'.repeat(300)}.tar`)).toHaveLength(200);
  expect(localName(`${'x'.repeat(300)}.tar`).endsWith('.tar')).toBe(true);
  expect(numberedName('a.tar.gz', 2)).toBe('a.tar (2).gz');
  expect(numberedName('.bashrc', 1)).toBe('.bashrc (1)');
});

test('two names that are one here stay two files, and what is there stays as it is', () => {
  const localPath = createLocalPaths(['readme']);
  expect(localPath('README')).toBe('README (1)');
  expect(localPath('a:b')).toBe('a_b');
  expect(localPath('a_b')).toBe('a_b (1)');
  expect(localPath('a:b/x')).toBe('a_b/x');
  expect(localPath('a_b/x')).toBe('a_b (1)/x');
  expect(localPath('a:b')).toBe('a_b');
  expect(localPath('caf\u00e9')).toBe('caf\u00e9');
  expect(localPath('cafe\u0301')).toBe('cafe\u0301 (1)');
});

test('a name that no file can have is known before it is asked for', () => {
  expect([nameProblem(''), nameProblem('a/b'), nameProblem('..'), nameProblem('ok')]).toEqual([
    'empty',
    'slash',
    'dots',
    undefined,
  ]);
  expect(nameProblem('檔'.repeat(86))).toBe('long');
});

describe('a text that was edited', () => {
  test('keeps its line ends, and a last line without one', () => {
    for (const text of ['a\nb\n', 'a\r\nb', 'a\rb\r', '', 'a\r\nb\nc\rd', '\ufeffx\r\n']) {
      expect(fromField(toField(text), text)).toBe(text);
    }
    expect(fromField('a\nb\nc', 'a\r\nb')).toBe('a\r\nb\r\nc');
    expect(fromField('new\na', 'a')).toBe('new\na');
  });

  test('keeps every line end of a mixed one where nothing was changed', () => {
    expect(fromField('a\nX\nc\nd\n', 'a\r\nb\nc\r\nd\n')).toBe('a\r\nX\r\nc\r\nd\n');
    expect(fromField('a\nc\nd\n', 'a\r\nb\nc\r\nd\n')).toBe('a\r\nc\r\nd\n');
    expect(fromField('a\nb\nc\nd\ne\n', 'a\r\nb\nc\r\nd\n')).toBe('a\r\nb\nc\r\nd\ne\r\n');
  });

  test('steps its lines in together, and leaves empty ones empty', () => {
    expect(stepLinesIn('a\n\n  b\n', '  ')).toBe('  a\n\n    b\n');
  });

  test('says what its lines end with, and steps in as it does', () => {
    expect([lineEndsOf('a'), lineEndsOf('a\r\nb'), lineEndsOf('a\r\nb\n')]).toEqual([
      'LF',
      'CRLF',
      'mixed',
    ]);
    expect([indentOf('x:\n  y: 1'), indentOf('def f():\n    pass'), indentOf('a:\n\tb')]).toEqual([
      '  ',
      '    ',
      '\t',
    ]);
  });
});

test('keys do what the system of the operator has them do', () => {
  const press = (key: string, part: Partial<KeyPress> = {}): KeyPress => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...part,
  });
  const none = false;
  expect(fileCommand(press('Backspace'), none)).toBe('up');
  expect(fileCommand(press('ArrowUp', { altKey: true }), none)).toBe('up');
  expect(fileCommand(press('a', { ctrlKey: true }), none)).toBe('select-all');
  expect(fileCommand(press('a', { ctrlKey: true }), true)).toBeUndefined();
  expect(fileCommand(press('Backspace', { metaKey: true }), true)).toBe('remove');
  expect(fileCommand(press('a', { ctrlKey: true, shiftKey: true }), none)).toBeUndefined();
  expect(fileCommand(press('x'), none)).toBeUndefined();
  expect([
    isTyped(press('x')),
    isTyped(press('檔')),
    isTyped(press('/')),
    isTyped(press('F2')),
  ]).toEqual([true, true, false, false]);
});
