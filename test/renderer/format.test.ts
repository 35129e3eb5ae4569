/** How amounts, sizes and times read. */
import { describe, expect, test } from 'vitest';
import { createFormats } from '../../renderer/ui/format.ts';
import { languageFor } from '../../renderer/ui/language.ts';
import { plainly } from '../../renderer/ui/plain-text.tsx';

const english = createFormats('en', 'Asia/Taipei');
const taiwan = createFormats('zh-TW', 'Asia/Taipei');
const mainland = createFormats('zh-CN', 'Asia/Shanghai');

describe('money', () => {
  test('shows every decimal its price has', () => {
    expect(english.money({ currency: 'USD', minor: 650, decimals: 3 })).toBe('$0.650');
  });
  test('of a cloud’s own credit has the credit’s name', () => {
    expect(english.money({ currency: 'credits', minor: 1462, decimals: 2 })).toBe('14.62 credits');
  });
  test('tells dollars apart where the reader’s own are others', () => {
    expect(taiwan.money({ currency: 'USD', minor: 100, decimals: 2 })).toBe('US$1.00');
    expect(taiwan.money({ currency: 'TWD', minor: 41, decimals: 0 })).toBe('$41');
  });
});

describe('sizes', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [41_300_000, '41.3 MB'],
    [999_960, '1 MB'],
    [25_769_803_776, '25.8 GB'],
  ])('%s bytes read %s', (bytes, text) => {
    expect(english.bytes(bytes)).toBe(text);
  });

  test.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [24 * 1024 ** 3, '24 GiB'],
    [6.63 * 1024 ** 3, '6.6 GiB'],
    [1024 ** 4 - 1, '1 TiB'],
  ])('%s bytes of hardware read %s', (bytes, text) => {
    expect(english.binaryBytes(bytes)).toBe(text);
  });
});

describe('times', () => {
  test('name their zone', () => {
    expect(english.dateTime('2026-11-20T09:57:00Z')).toBe('Nov 20, 2026, 17:57 GMT+8');
    expect(taiwan.time('2026-11-20T09:57:08Z')).toContain('GMT+8');
  });
  test('that cannot be read are shown as they came', () => {
    expect(english.dateTime('yesterday')).toBe('yesterday');
  });
  test.each([
    [-5, '0s'],
    [4000, '4s'],
    [90_000, '1m 30s'],
    [3_600_000, '1h'],
    [176_400_000, '2d 1h'],
  ])('of %s ms last %s', (durationMs, text) => {
    expect(english.duration(durationMs)).toBe(text);
  });

  test('have a space between figure and word in both kinds of Chinese', () => {
    expect(taiwan.duration(80_000)).toBe('1 分鐘 20 秒');
    expect(mainland.duration(80_000)).toBe('1 分钟 20 秒');
  });
});

describe('the language', () => {
  test.each([
    ['system', 'zh-TW', 'zh-TW'],
    ['system', 'zh-HK', 'zh-TW'],
    ['system', 'zh-Hant-SG', 'zh-TW'],
    ['system', 'zh-CN', 'zh-CN'],
    ['system', 'zh', 'zh-CN'],
    ['system', 'de-DE', 'en'],
    ['zh-CN', 'en-US', 'zh-CN'],
  ] as const)('preferred %s in a browser that wants %s is %s', (preference, wish, language) => {
    expect(languageFor(preference, wish)).toBe(language);
  });
});

describe('text of others', () => {
  test('keeps no control character and no change of direction', () => {
    expect(plainly('\u001b[31mred\u202eevil\u0007', 100)).toBe('·[31mred·evil·');
    expect(plainly('a\u200bb\u2028c', 100)).toBe('a·b·c');
    expect(plainly('👩‍💻 👩‍👩‍👧‍👦', 100)).toBe('👩‍💻 👩‍👩‍👧‍👦');
  });
  test('is cut without splitting a character in two', () => {
    expect(plainly('ab🚀', 3)).toBe('ab…');
  });
});

describe('names in a row', () => {
  test('are parted as the language parts them', () => {
    expect(english.list(['a', 'b'])).toBe('a, b');
    expect(taiwan.list(['a', 'b'])).toBe('a、b');
  });
});
