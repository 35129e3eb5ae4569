/** A tunnel's state by dot and word, since when, and what there is to say about it. */
import { useTranslation } from 'react-i18next';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { StateDot } from '../ui/state-dot.tsx';
import { useFormats } from '../ui/texts.ts';
import { useTick } from './ticking.tsx';
import { tunnelMood } from './tunnel-mood.ts';
import { attemptOf } from './tunnel-news.ts';
import { TunnelNewsLine } from './tunnel-news-line.tsx';
import classes from './tunnel-state.module.css';

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
        <Attempt tunnel={tunnel} now={now} />
        {state !== 'reconnecting' && state !== 'failed' && reconnects > 0 && (
          <span className={classes.soft}>· {t('reconnects', { count: reconnects })}</span>
        )}
      </span>
      <TunnelNewsLine tunnel={tunnel} now={now} />
    </span>
  );
}

interface MomentProps {
  readonly tunnel: Tunnel;
  readonly now: number;
}

/** When it is tried again; on the first line, which is never cut short. */
function Attempt({ tunnel, now }: MomentProps) {
  const { t } = useTranslation('tunnels');
  const formats = useFormats();
  const attempt = attemptOf(tunnel);
  if (!attempt) return null;
  const words = () => {
    if (attempt.kind !== 'at') return t(`attempt.${attempt.kind}`);
    const leftMs = Date.parse(attempt.at) - now;
    if (leftMs <= 0) return t('attempt.now');
    // Rounded up: "in 0 s" would say that it is late.
    return t('attempt.at', { in: formats.duration(Math.ceil(leftMs / 1000) * 1000) });
  };
  return <span className={classes.soft}>· {words()}</span>;
}
