/** Every text of the page, from the language files: one namespace per file, bundled, never fetched. */
import i18next, { type i18n } from 'i18next';
import { createContext, useContext } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language } from '../../preload/contract/constants.ts';
import type { TextRef } from '../../preload/contract/errors.ts';
import { createFormats, type Formats } from './format.ts';
import { groupCounts } from './group-counts.ts';
import { plainParams } from './plain-params.ts';

const files = import.meta.glob<Record<string, unknown>>('../../assets/locales/*/*.json', {
  eager: true,
  import: 'default',
});

export async function createTexts(language: Language): Promise<i18n> {
  const resources: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const [path, texts] of Object.entries(files)) {
    const [, locale, namespace] = /([\w-]+)\/([\w-]+)\.json$/.exec(path) ?? [];
    if (!locale || !namespace) continue;
    resources[locale] = { ...resources[locale], [namespace]: texts };
  }
  const texts = i18next.createInstance();
  await texts
    .use(initReactI18next)
    .use(groupCounts)
    .init({
      resources,
      lng: language,
      fallbackLng: 'en',
      defaultNS: 'common',
      // React escapes; a second time would show `&amp;`.
      interpolation: { escapeValue: false, alwaysFormat: true },
    });
  document.documentElement.lang = language;
  texts.on('languageChanged', (next) => {
    document.documentElement.lang = next;
  });
  return texts;
}

/** Words a text the core sent by its key. A key that has no words is shown as it is. */
export function useTextRef(): (namespace: string, text: TextRef) => string {
  const { t } = useTranslation();
  return (namespace, text) =>
    t(`${namespace}:${text.id}`, { ...plainParams(text.params), defaultValue: text.id });
}

/** The words for a key, or else a text that may come from anywhere and is never read as a template. */
export function useWord(): (key: string, otherwise: string) => string {
  const { t, i18n } = useTranslation();
  return (key, otherwise) => (i18n.exists(key) ? t(key) : otherwise);
}

/** How amounts and times read in the language shown now. */
export const useFormats = (): Formats => useContext(FormatsContext);

/** Filled once for the page: making formats is slow, and a table shows many. */
export const FormatsContext = createContext(createFormats('en'));
