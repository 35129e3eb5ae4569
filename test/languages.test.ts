/** The three languages say the same things: same namespaces, same keys, same parameters, nothing left empty. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languages } from '../preload/contract/constants.ts';
import { projectRoot, readSources } from './support/architecture/read-sources.ts';

const directory = join(projectRoot, 'assets/locales');
const namespacesOf = (language: string) => readdirSync(join(directory, language)).sort();
const pluralEnding = /_(zero|one|two|few|many|other)$/;

/** Key → its texts, plural forms together: Chinese has one form where English has two. */
function readTexts(language: string, namespace: string): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, string[]>();
  const collect = (value: unknown, key: string) => {
    if (typeof value === 'string') {
      const base = key.replace(pluralEnding, '');
      texts.set(base, [...(texts.get(base) ?? []), value]);
      return;
    }
    for (const [name, child] of Object.entries(value as Record<string, unknown>)) {
      collect(child, key ? `${key}.${name}` : name);
    }
  };
  collect(JSON.parse(readFileSync(join(directory, language, namespace), 'utf8')), '');
  return texts;
}

const parametersOf = (texts: readonly string[]) =>
  [
    ...new Set(
      texts.flatMap((text) => [...text.matchAll(/{{-?\s*(\w+)[^}]*}}/g)].map(([, name]) => name)),
    ),
  ].sort();

const tagsOf = (texts: readonly string[]) =>
  [
    ...new Set(texts.flatMap((text) => [...text.matchAll(/<\/?(\w+)/g)].map(([, tag]) => tag))),
  ].sort();

test('every language has the same namespaces', () => {
  for (const language of languages) expect(namespacesOf(language)).toEqual(namespacesOf('en'));
});

describe.each(namespacesOf('en'))('%s', (namespace) => {
  const english = readTexts('en', namespace);

  test.each(languages)('has in %s the keys and parameters of English', (language) => {
    const texts = readTexts(language, namespace);
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, wording] of texts) {
      const original = english.get(key) ?? [];
      // "one instance" needs no number; what English names in any form may be named.
      for (const name of parametersOf(wording)) {
        expect(parametersOf(original), `${language} ${namespace} ${key}`).toContain(name);
      }
      if (language !== 'en') {
        expect(parametersOf(wording), `${language} ${namespace} ${key}`).toEqual(
          parametersOf(original),
        );
      }
      expect(tagsOf(wording), `${language} ${namespace} ${key}`).toEqual(tagsOf(original));
      for (const text of wording) expect(text.trim(), `${language} ${key}`).not.toBe('');
    }
  });

  test('has a form for one and a form for many in English wherever it counts', () => {
    const keys = Object.keys(
      JSON.parse(readFileSync(join(directory, 'en', namespace), 'utf8')) as object,
    );
    for (const key of keys.filter((name) => name.endsWith('_one'))) {
      expect(keys).toContain(key.replace(/_one$/, '_other'));
    }
  });
});

test('Traditional and Simplified Chinese are not mixed up', () => {
  const simplifiedOnly = /[们这发设计连闭开关时间错误败删务码户机终]/;
  const traditionalOnly = /[們這發設計連閉開關時間錯誤敗刪務碼戶機終]/;
  for (const namespace of namespacesOf('en')) {
    for (const [key, texts] of readTexts('zh-TW', namespace)) {
      for (const text of texts)
        expect(text, `zh-TW ${namespace} ${key}`).not.toMatch(simplifiedOnly);
    }
    for (const [key, texts] of readTexts('zh-CN', namespace)) {
      for (const text of texts)
        expect(text, `zh-CN ${namespace} ${key}`).not.toMatch(traditionalOnly);
    }
  }
});

test('no source holds words that a language file should', () => {
  const comments = /\/\*[\s\S]*?\*\/|\/\/.*/g;
  // A language's own name is written in that language.
  const languageNames = /繁體中文|简体中文/g;
  const worded = readSources(['main', 'renderer', 'preload'])
    .filter(({ text }) =>
      /[㐀-鿿]/.test(text.replaceAll(comments, '').replaceAll(languageNames, '')),
    )
    .map(({ path }) => path);
  // The world that the sandbox simulates is full of names, in any language.
  expect(worded.filter((path) => !path.startsWith('main/sandbox/'))).toEqual([]);
});
