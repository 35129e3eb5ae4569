/** What there is to say about a tunnel, in words. */
import { useTranslation } from 'react-i18next';
import { assertNever, type Failure } from '../../preload/contract/errors.ts';
import { useFailureText } from '../ui/failure-note.tsx';
import { useFormats } from '../ui/texts.ts';
import type { TunnelNews } from './tunnel-news.ts';

/** @returns a function of the news and of the milliseconds since 1970 */
export function useNewsText(): (news: TunnelNews, nowMs: number) => string {
  const { t } = useTranslation('tunnels');
  const formats = useFormats();
  const failureText = useFailureText();
  /** The reason as a sentence of its own, before what comes next. */
  const after = (failure: Failure | undefined, next: string) =>
    failure ? t('news.after', { reason: failureText(failure), next }) : next;
  return (news, nowMs) => {
    switch (news.kind) {
      case 'reason':
      case 'waits':
        return failureText(news.failure);
      case 'nextAttempt': {
        const leftMs = Date.parse(news.at) - nowMs;
        // Rounded up: "in 0 s" would say that it is late.
        const next =
          leftMs > 0
            ? t('news.nextAttempt', { in: formats.duration(Math.ceil(leftMs / 1000) * 1000) })
            : t('news.trying');
        return after(news.failure, next);
      }
      case 'trying':
        return after(news.failure, t('news.trying'));
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
