/** What an instance is doing: load, memory, disk, network and graphics over a range of time, sampled over SSH. */
import { SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MetricRange, metricRanges } from '../../preload/contract/constants.ts';
import type { Instance } from '../../preload/contract/instances.ts';
import { useStores } from '../client/context.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { useFormats } from '../ui/texts.ts';
import { chartRows } from './chart-rows.ts';
import classes from './monitor-tab.module.css';
import { useCharts } from './use-charts.ts';
import { useMonitor } from './use-monitor.ts';

// Recharts is a third of a megabyte that the first paint does not need.
const MetricChart = lazy(async () => ({
  default: (await import('./metric-chart.tsx')).MetricChart,
}));

const shortestSpanMs = 60_000;
const placeholders = ['cpu', 'memory', 'disk', 'network'];

export function MonitorTab({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('metrics');
  const [range, setRange] = useState<MetricRange>('15m');
  const { series, failure, retry } = useMonitor(instance.key, range);
  const isTold = useStores().accounts(
    ({ byKey }) => byKey.get(instance.account)?.parts.includes('metrics') ?? false,
  );
  const charts = useCharts(series);
  const rows = useMemo(() => (series ? chartRows(series) : []), [series]);
  const formats = useFormats();
  const untilMs = rows.at(-1)?.atMs ?? 0;
  // Where less is kept than the range asks for, the charts begin with what there is.
  const fromMs = Math.min(rows[0]?.atMs ?? 0, untilMs - shortestSpanMs);
  const clock = (atMs: number) => formats.time(new Date(atMs).toISOString());
  return (
    <div className={classes.tab}>
      <div className={classes.head}>
        <SegmentedControl
          size="xs"
          value={range}
          aria-label={t('range')}
          data={metricRanges.map((value) => ({ value, label: t(`ranges.${value}`) }))}
          onChange={(value) => setRange(value as MetricRange)}
        />
        <p>{t(isTold ? 'toldByCloud' : 'how')}</p>
      </div>
      {failure && <FailureNote failure={failure} onRetry={retry} />}
      {series && rows.length === 0 && !failure && (
        <div className={classes.empty} role="status">
          <h3>{t('empty.title')}</h3>
          <p>{t(isTold ? 'empty.toldText' : 'empty.text')}</p>
        </div>
      )}
      {!series && !failure && (
        <div className={classes.charts} aria-busy>
          {placeholders.map((name) => (
            <div key={name} className={classes.placeholder} />
          ))}
        </div>
      )}
      {rows.length > 0 && (
        <div className={classes.charts} data-stale={failure !== undefined || undefined}>
          {charts.map((chart) => (
            <section key={chart.id} className={classes.card} aria-label={chart.title}>
              <header>
                <h3>{chart.title}</h3>
                <p className={classes.now}>{chart.now}</p>
                <p className={classes.note}>{chart.note}</p>
              </header>
              <div className={classes.drawing}>
                <Suspense>
                  <MetricChart chart={chart} rows={rows} fromMs={fromMs} untilMs={untilMs} />
                </Suspense>
              </div>
              <footer>
                <time>{clock(fromMs)}</time>
                <time>{clock(untilMs)}</time>
              </footer>
            </section>
          ))}
        </div>
      )}
    </div>
  );
}
