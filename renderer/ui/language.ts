/** Which of the three languages a preference and a browser's wish come to. */
import { type Language, languages } from '../../preload/contract/constants.ts';

/** @param wish a BCP 47 tag, such as `navigator.language` */
export function languageFor(preference: 'system' | Language, wish: string): Language {
  if (preference !== 'system') return preference;
  const tag = wish.toLowerCase();
  if (!/^zh\b/.test(tag)) return languages[0];
  return /hant|-(tw|hk|mo)\b/.test(tag) ? 'zh-TW' : 'zh-CN';
}
