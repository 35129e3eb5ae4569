/** The throughput of a tunnel over the last minute, small. */
import { useTranslation } from 'react-i18next';
import classes from './sparkline.module.css';
import { sparklinePath } from './sparkline-path.ts';
import { useTick } from './ticking.tsx';
import { useTunnelTools } from './tunnel-tools.ts';

const widthPx = 72;
const heightPx = 20;

export function Sparkline({ id }: { readonly id: string }) {
  const { t } = useTranslation('tunnels');
  const { throughput } = useTunnelTools();
  const figures = throughput.of(id, useTick());
  const path = sparklinePath(figures, widthPx, heightPx);
  return (
    <svg
      className={classes.chart}
      data-quiet={figures.every((figure) => figure === 0) || undefined}
      width={widthPx}
      height={heightPx + 2}
      viewBox={`0 -1 ${widthPx} ${heightPx + 2}`}
      role="img"
      aria-label={t('lastMinute')}
    >
      <path className={classes.area} d={`${path}L${widthPx} ${heightPx}L0 ${heightPx}Z`} />
      <path className={classes.line} d={path} />
    </svg>
  );
}
