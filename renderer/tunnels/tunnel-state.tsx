/** A tunnel's state by dot and word, since when, and what there is to say about it. */
import { useTranslation } from 'react-i18next';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { StateDot } from '../ui/state-dot.tsx';
import { useFormats } from '../ui/texts.ts';
import { useTick } from './ticking.tsx';
import { tunnelMood } from './tunnel-mood.ts';
import { newsOf } from './tunnel-news.ts';
import classes from './tunnel-state.module.css';
import { useNewsText } from './use-news-text.ts';

export function TunnelState({ tunnel }: { readonly tunnel: Tunnel }) {
  const { t } = useTranslation('tunnels');
  const formats = useFormats();
  const { state, since, reconnects } = tunnel;
  const now = useTick();
  return (
    <span className={classes.state}>
      <span className={classes.line}>
        <StateDot mood={tunnelMood(state)} />
        <span className={classes.word} data-mood={tunnelMood(state)}>
          {t(`states.${state}`)}
        </span>
        <time dateTime={since} title={t('since', { at: formats.dateTime(since) })}>
          {formats.duration(now - Date.parse(since))}
        </time>
        {reconnects > 0 && (
          <span className={classes.soft}>· {t('reconnects', { count: reconnects })}</span>
        )}
      </span>
      <News tunnel={tunnel} now={now} />
    </span>
  );
}

function News({ tunnel, now }: { readonly tunnel: Tunnel; readonly now: number }) {
  const news = newsOf(tunnel);
  const newsText = useNewsText();
  if (!news) return null;
  const text = newsText(news, now);
  const failing = news.kind === 'jupyter' && news.health.state === 'failing';
  return (
    <span className={classes.news} data-kind={failing ? 'failing' : news.kind} title={text}>
      {text}
    </span>
  );
}
