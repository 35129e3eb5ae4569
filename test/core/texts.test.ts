/** The few texts worded in main. */
import { describe, expect, it } from 'vitest';
import { createTexts, createTextsIn, languageOf } from '../../main/core/texts.ts';
import { type Language, languages } from '../../preload/contract/constants.ts';

describe('a failure is worded', () => {
  it('by its rule, with what belongs into it', () => {
    const rule = { id: 'reach-refused', params: { host: 'box', port: 22 } };
    expect(createTexts('en').failure({ code: 'network', rule })).toBe(
      'Nothing listens at box port 22: the connection was refused.',
    );
  });

  it.each([
    ['en', 'An upload holds at most 100,000 files'],
    ['zh-TW', '100,000'],
    ['zh-CN', '100,000'],
  ] as const)('with its amounts as one reads them, in %s', (language, words) => {
    const rule = { id: 'upload-too-many', params: { limit: 100_000 } };
    expect(createTexts(language).failure({ code: 'quota', rule })).toContain(words);
  });

  it('by its code where it has no rule, or one nobody knows', () => {
    const texts = createTexts('en');
    expect(texts.failure({ code: 'timeout' })).toBe('There was no answer in time.');
    const rule = { id: 'no-such-rule' };
    expect(texts.failure({ code: 'timeout', rule })).toBe('There was no answer in time.');
  });

  it('in every language, each by itself', () => {
    const said = languages.map((language) => createTexts(language).failure({ code: 'network' }));
    expect(new Set(said).size).toBe(languages.length);
  });

  it('with hostile words left as words', () => {
    const rule = { id: 'reach-name-unknown', params: { host: '<b>{{port}}$t(network)</b>' } };
    expect(createTexts('en').failure({ code: 'network', rule })).toContain(
      'The name <b>{{port}}$t(network)</b> is not known.',
    );
  });
});

describe('a locale becomes one of our languages', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['C', 'en'],
    ['C.UTF-8', 'en'],
    ['en_US.UTF-8', 'en'],
    ['de_DE.UTF-8', 'en'],
    ['zh_TW.UTF-8', 'zh-TW'],
    ['zh_HK.UTF-8', 'zh-TW'],
    ['zh-Hant', 'zh-TW'],
    ['zh-Hant-HK', 'zh-TW'],
    ['zh_CN.UTF-8', 'zh-CN'],
    ['zh_SG.UTF-8', 'zh-CN'],
    ['zh-Hans-TW', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['zhuang', 'en'],
  ])('%s → %s', (locale, language) => {
    expect(languageOf(locale)).toBe(language);
  });
});

it('texts speak the language of the moment', () => {
  const failure = { code: 'timeout', rule: { id: 'tunnel-down' } } as const;
  let language: Language = 'en';
  const texts = createTextsIn(() => language);
  const english = texts().failure(failure);
  language = 'zh-TW';
  expect(texts().failure(failure)).toBe('通道目前中斷，正在重新連線。');
  language = 'en';
  expect(texts().failure(failure)).toBe(english);
});
