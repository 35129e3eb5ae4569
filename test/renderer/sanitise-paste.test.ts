/** What a paste may bring into a terminal, and when a person must look at it first. */
import { describe, expect, it } from 'vitest';
import {
  largePasteBytes,
  previewParts,
  sanitisePaste,
} from '../../renderer/terminal/sanitise-paste.ts';

const cases: readonly [what: string, raw: string, text: string, concerns: readonly string[]][] = [
  ['plain text', 'ls -l', 'ls -l', []],
  ['a tab', 'a\tb', 'a\tb', []],
  ['CJK and emoji', '語音辨識 👩‍💻', '語音辨識 👩‍💻', []],
  ['Windows line ends', 'a\r\nb', 'a\rb', ['several-lines']],
  ['Unix line ends', 'a\nb\n', 'a\rb\r', ['several-lines']],
  ['a line end at the end, which would run the line', 'reboot\n', 'reboot\r', ['line-end']],
  [
    'the end of bracketed paste',
    'echo \u001b[201~; rm -rf ~\r',
    'echo [201~; rm -rf ~\r',
    ['line-end', 'control-characters'],
  ],
  ['an end of bracketed paste by C1', 'echo \u009b201~', 'echo 201~', ['control-characters']],
  [
    'an end of bracketed paste put together by taking one out',
    '\u001b\u001b[201~[201~',
    '[201~[201~',
    ['control-characters'],
  ],
  ['NUL, BS, DEL', 'a\u0000b\u0008c\u007fd', 'abcd', ['control-characters']],
  ['^C ^D ^U ^Z', '\u0003\u0004\u0015\u001a', '', ['control-characters']],
  ['vertical tab and form feed', 'a\u000bb\u000cc', 'abc', ['control-characters']],
  ['text that reads in another order', 'rm \u202e*', 'rm \u202e*', ['reordering-characters']],
];

describe('a paste', () => {
  it.each(cases)('with %s', (_what, raw, text, concerns) => {
    const paste = sanitisePaste(raw);
    expect(paste.text).toBe(text);
    expect(paste.concerns).toEqual(concerns);
  });

  it('holds no control character but tab and carriage return, whatever was copied', () => {
    const everything = Array.from({ length: 0x100 }, (_, code) => String.fromCharCode(code)).join(
      '',
    );
    const left = [...sanitisePaste(everything).text].filter((character) => {
      const code = character.charCodeAt(0);
      return code < 0x20 || (code >= 0x7f && code <= 0x9f);
    });
    expect(left).toEqual(['\t', '\r', '\r']);
  });

  it('is asked about beyond five kilobytes of UTF-8', () => {
    expect(sanitisePaste('a'.repeat(largePasteBytes)).concerns).toEqual([]);
    expect(sanitisePaste('a'.repeat(largePasteBytes + 1)).concerns).toEqual(['large']);
    expect(sanitisePaste('語'.repeat(largePasteBytes / 2)).concerns).toEqual(['large']);
  });

  it.each([
    ['a', 1],
    ['a\n', 1],
    ['a\nb', 2],
    ['a\r\nb\r\n', 2],
    ['a\n\n', 2],
  ])('counts the lines of %j as a person does', (raw, lines) => {
    expect(sanitisePaste(raw).lines).toBe(lines);
  });

  it('counts what was taken out', () => {
    expect(sanitisePaste('\u001b\u001b\u0000').removed).toBe(3);
  });
});

describe('the preview of a paste', () => {
  it.each([
    ['\u001b[201~', '⟨^[⟩[201~'],
    ['\u0000\u0003\u007f', '⟨^@⟩⟨^C⟩⟨^?⟩'],
    ['a\r\nb\rc\n', 'a⟨↵⟩\nb⟨↵⟩\nc⟨↵⟩\n'],
    ['a\tb', 'a⟨→⟩\tb'],
    ['\u009b\u202e', '⟨U+009B⟩⟨U+202E⟩'],
    ['^[ as text', '^[ as text'],
    ['<img src=x>', '<img src=x>'],
  ])('of %j has a sign for every character that would not be seen', (raw, shown) => {
    const drawn = previewParts(raw).map(({ text, sign }) => (sign ? `⟨${text}⟩` : text));
    expect(drawn.join('')).toBe(shown);
  });
});
