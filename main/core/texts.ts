/** The few texts worded in main: start-up failures and the page a browser sees when a tunnel is down. */
import i18next, { type i18n } from 'i18next';
import enErrors from '../../assets/locales/en/errors.json' with { type: 'json' };
import enRules from '../../assets/locales/en/rules.json' with { type: 'json' };
import enPage from '../../assets/locales/en/tunnel-page.json' with { type: 'json' };
import cnErrors from '../../assets/locales/zh-CN/errors.json' with { type: 'json' };
import cnRules from '../../assets/locales/zh-CN/rules.json' with { type: 'json' };
import cnPage from '../../assets/locales/zh-CN/tunnel-page.json' with { type: 'json' };
import twErrors from '../../assets/locales/zh-TW/errors.json' with { type: 'json' };
import twRules from '../../assets/locales/zh-TW/rules.json' with { type: 'json' };
import twPage from '../../assets/locales/zh-TW/tunnel-page.json' with { type: 'json' };
import type { Language } from '../../preload/contract/constants.ts';
import type { Failure } from '../../preload/contract/errors.ts';

export interface Texts {
  readonly language: Language;
  /** A failure in plain words: its rule where it has one, else its code. */
  failure(failure: Pick<Failure, 'code' | 'rule' | 'details'>): string;
  /** A text of the namespace `tunnel-page`. */
  tunnelPage(key: string, params?: Readonly<Record<string, string | number>>): string;
}

export function createTexts(language: Language): Texts {
  const texts: i18n = i18next.createInstance();
  void texts.init({
    lng: language,
    fallbackLng: 'en',
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: {
      en: { errors: enErrors, rules: enRules, page: enPage },
      'zh-TW': { errors: twErrors, rules: twRules, page: twPage },
      'zh-CN': { errors: cnErrors, rules: cnRules, page: cnPage },
    },
  });
  const reasonOf = ({ code, rule }: Pick<Failure, 'code' | 'rule'>) =>
    rule && texts.exists(rule.id, { ns: 'rules' })
      ? texts.t(rule.id, { ns: 'rules', ...rule.params })
      : texts.t(code, { ns: 'errors' });
  return {
    language,
    failure: ({ details, ...failure }) => {
      const reason = reasonOf(failure);
      return details?.hop ? texts.t('at-hop', { ns: 'rules', hop: details.hop, reason }) : reason;
    },
    tunnelPage: (key, params = {}) => texts.t(key, { ns: 'page', ...params }),
  };
}

/** In the language of the moment. Each is made once: a tunnel that is down words its failure for thousands at once. */
export function createTextsIn(language: () => Language): () => Texts {
  const made = new Map<Language, Texts>();
  return () => {
    const spoken = language();
    const texts = made.get(spoken) ?? createTexts(spoken);
    made.set(spoken, texts);
    return texts;
  };
}

/** What the operating system is set to. */
export const systemLanguage = (): Language =>
  languageOf(Intl.DateTimeFormat().resolvedOptions().locale);

/** From a locale such as `zh_TW.UTF-8` or `zh-Hant-HK` to a language we have. */
export function languageOf(locale: string | undefined): Language {
  const [language, ...parts] = (locale ?? '').toLowerCase().split(/[-_.@]/);
  if (language !== 'zh') return 'en';
  if (parts.includes('hans')) return 'zh-CN';
  return ['hant', 'tw', 'hk', 'mo'].some((part) => parts.includes(part)) ? 'zh-TW' : 'zh-CN';
}
