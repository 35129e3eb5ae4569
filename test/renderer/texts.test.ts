/** The language files: the same texts in all three, nothing asked for that is not there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languages } from '../../preload/contract/constants.ts';

const root = resolve(import.meta.dirname, '../..');
const locales = join(root, 'assets/locales');
const namespaces = readdirSync(join(locales, 'en')).map((name) => name.replace(/\.json$/, ''));

type Texts = ReadonlyMap<string, string>;

function readTexts(language: string, namespace: string): Texts {
  const texts = new Map<string, string>();
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'string') texts.set(path, value);
    else {
      for (const [key, inner] of Object.entries(value as Record<string, unknown>)) {
        walk(inner, path ? `${path}.${key}` : key);
      }
    }
  };
  walk(JSON.parse(readFileSync(join(locales, language, `${namespace}.json`), 'utf8')), '');
  return texts;
}

/** `servers_one` and `servers_other` are one text with two forms; Chinese has one. */
const withoutPlural = (key: string) => key.replace(/_(zero|one|other)$/, '');
const baseKeys = (texts: Texts) => [...new Set([...texts.keys()].map(withoutPlural))].sort();
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name);

describe.each(namespaces)('the texts of %s', (namespace) => {
  const english = readTexts('en', namespace);

  test.each(languages)('have the same keys in %s as in English', (language) => {
    expect(baseKeys(readTexts(language, namespace))).toEqual(baseKeys(english));
  });

  test.each(languages)('put in nothing in %s that English does not know', (language) => {
    const known = new Map<string, Set<string | undefined>>();
    for (const [key, text] of english) {
      const names = known.get(withoutPlural(key)) ?? new Set();
      for (const name of placeholders(text)) names.add(name);
      known.set(withoutPlural(key), names);
    }
    for (const [key, text] of readTexts(language, namespace)) {
      for (const name of placeholders(text)) {
        expect(known.get(withoutPlural(key)), `${key}: {{${name}}}`).toContain(name);
      }
    }
  });

  test.each(languages)('are none of them empty in %s', (language) => {
    for (const [key, text] of readTexts(language, namespace)) expect(text.trim(), key).not.toBe('');
  });
});

function sourceFiles(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

test('every text the page asks for by its whole key is in English', () => {
  const missing: string[] = [];
  for (const file of sourceFiles(join(root, 'renderer'))) {
    const source = readFileSync(file, 'utf8');
    const own = /useTranslation\('(\w+)'\)/.exec(source)?.[1] ?? 'common';
    for (const [, asked] of source.matchAll(/\bt\(\s*'([\w:.-]+)'/g)) {
      if (asked === undefined) continue;
      const [namespace, key] = asked.includes(':') ? asked.split(':') : [own, asked];
      const known = new Set(baseKeys(readTexts('en', namespace ?? '')));
      if (key !== undefined && !known.has(withoutPlural(key))) missing.push(`${file}: ${asked}`);
    }
  }
  expect(missing).toEqual([]);
});
