/** What goes through a tunnel: the last minute as a line, this second, all in all, and who is connected. */
import { useTranslation } from 'react-i18next';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { useFormats } from '../ui/texts.ts';
import { Sparkline } from './sparkline.tsx';
import classes from './tunnel-traffic.module.css';

export function TunnelTraffic({ tunnel }: { readonly tunnel: Tunnel }) {
  const { t } = useTranslation('tunnels');
  const formats = useFormats();
  const { id, state, bytesIn, bytesOut, bytesInPerSecond, bytesOutPerSecond } = tunnel;
  /** What is not up has no speed, and a column of noughts would only distract. */
  const rate = (bytesPerSecond: number) =>
    state === 'up' && t('perSecond', { bytes: formats.bytes(Math.round(bytesPerSecond)) });
  return (
    <span className={classes.traffic}>
      <span className={classes.minute}>
        <Sparkline id={id} />
        <span
          className={classes.open}
          data-some={tunnel.openConnections > 0 || undefined}
          title={t('connectionsSinceStart', { count: tunnel.connections })}
        >
          {t('open', { count: tunnel.openConnections })}
        </span>
      </span>
      <span className={classes.figures}>
        <span title={t('in')}>
          ↓<span className="hidden-text">{t('in')}</span>
        </span>
        <span data-now={bytesInPerSecond > 0 || undefined}>{rate(bytesInPerSecond)}</span>
        <span>{formats.bytes(bytesIn)}</span>
        <span title={t('out')}>
          ↑<span className="hidden-text">{t('out')}</span>
        </span>
        <span data-now={bytesOutPerSecond > 0 || undefined}>{rate(bytesOutPerSecond)}</span>
        <span>{formats.bytes(bytesOut)}</span>
      </span>
    </span>
  );
}
