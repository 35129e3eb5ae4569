/** The few texts the shell around the page says itself: menu, question before quitting, failure to start. */
import i18next from 'i18next';
import en from '../../../assets/locales/en/desktop.json' with { type: 'json' };
import zhCN from '../../../assets/locales/zh-CN/desktop.json' with { type: 'json' };
import zhTW from '../../../assets/locales/zh-TW/desktop.json' with { type: 'json' };
import type { Language } from '../../../preload/contract/constants.ts';
import type { Preferences } from '../../../preload/contract/settings.ts';

/** The namespace `desktop` in one language; of several keys the first that has words. */
export type DesktopTexts = (
  key: string | string[],
  params?: Readonly<Record<string, string | number>>,
) => string;

export function createDesktopTexts(language: Language): DesktopTexts {
  const texts = i18next.createInstance();
  // Everything is here already: init finishes before it returns.
  void texts.init({
    initAsync: false,
    lng: language,
    fallbackLng: 'en',
    resources: { en: { desktop: en }, 'zh-TW': { desktop: zhTW }, 'zh-CN': { desktop: zhCN } },
    defaultNS: 'desktop',
    interpolation: { escapeValue: false },
  });
  return (key, params = {}) => texts.t(key, params);
}

/** @param wishes the operating system's languages, the preferred one first, as BCP 47 tags */
export function chooseLanguage(
  preference: Preferences['language'],
  wishes: readonly string[],
): Language {
  if (preference !== 'system') return preference;
  for (const wish of wishes) {
    const tag = wish.toLowerCase();
    if (/^en\b/.test(tag)) return 'en';
    if (/^zh\b/.test(tag)) return /\b(hant|tw|hk|mo)\b/.test(tag) ? 'zh-TW' : 'zh-CN';
  }
  return 'en';
}
