/** The few texts the shell around the page says itself: menu, question before quitting, failure to start. */
import i18next from 'i18next';
import en from '../../../assets/locales/en/desktop.json' with { type: 'json' };
import zhCN from '../../../assets/locales/zh-CN/desktop.json' with { type: 'json' };
import zhTW from '../../../assets/locales/zh-TW/desktop.json' with { type: 'json' };
import type { Language } from '../../../preload/contract/constants.ts';

/** The namespace `desktop` in one language. */
export type DesktopTexts = (
  key: string,
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
