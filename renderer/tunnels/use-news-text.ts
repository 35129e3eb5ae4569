/** What there is to say about a tunnel, in words. */
import { useTranslation } from 'react-i18next';
import { assertNever } from '../../preload/contract/errors.ts';
import { useFailureText } from '../ui/failure-note.tsx';
import { useFormats } from '../ui/texts.ts';
import type { TunnelNews } from './tunnel-news.ts';

/** @returns a function of the news and of the milliseconds since 1970 */
export function useNewsText(): (news: TunnelNews, nowMs: number) => string {
  const { t } = useTranslation('tunnels');
  const formats = useFormats();
  const failureText = useFailureText();
  return (news, nowMs) => {
    switch (news.kind) {
      case 'reason':
      case 'passing':
        return failureText(news.failure);
      case 'needsYou':
        return news.failure
          ? t('news.needsYouBecause', { reason: failureText(news.failure) })
          : t('news.needsYou');
      case 'jupyter': {
        const { state, since, version } = news.health;
        if (state === 'answers') {
          return version ? t('news.jupyterVersion', { version }) : t('news.jupyter');
        }
        return t('news.jupyterFailing', { for: formats.duration(nowMs - Date.parse(since)) });
      }
      case 'past':
        return news.at
          ? t('news.pastAt', { at: formats.time(news.at), reason: failureText(news.failure) })
          : t('news.past', { reason: failureText(news.failure) });
      default:
        return assertNever(news);
    }
  };
}
