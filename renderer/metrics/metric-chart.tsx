/** One chart of the monitor, drawn by Recharts without animation; loaded only when it is looked at. */
import { Area, AreaChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts';
import { useFormats } from '../ui/texts.ts';
import type { ChartRow } from './chart-rows.ts';
import classes from './metric-chart.module.css';
import type { Chart } from './use-charts.ts';

const heightPx = 96;

/** One accent first; more lines only where more must be told apart. */
const strokes = [
  'var(--accent)',
  'var(--warn-dot)',
  'var(--chart-third)',
  'var(--chart-fourth)',
  'var(--text-faint)',
];
const strokeOf = (index: number) => strokes[index % strokes.length] ?? 'var(--accent)';

interface MetricChartProps {
  readonly chart: Chart;
  readonly rows: readonly ChartRow[];
  readonly fromMs: number;
  readonly untilMs: number;
}

export function MetricChart({ chart, rows, fromMs, untilMs }: MetricChartProps) {
  const single = chart.lines.length === 1;
  return (
    <AreaChart
      responsive
      className={classes.chart ?? ''}
      style={{ width: '100%', height: heightPx }}
      data={[...rows]}
      margin={{ top: 4, right: 0, bottom: 2, left: 0 }}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis dataKey="atMs" type="number" scale="time" domain={[fromMs, untilMs]} hide />
      <YAxis domain={[0, chart.top ?? 'auto']} hide allowDataOverflow={chart.top !== undefined} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--line-strong)' }}
        content={({ active, payload, label }) =>
          active && payload.length > 0 ? (
            <Reading chart={chart} atMs={Number(label)} values={payload} />
          ) : null
        }
      />
      {chart.lines.map(({ field }, index) => (
        <Area
          key={field}
          dataKey={field}
          type="linear"
          stroke={strokeOf(index)}
          strokeWidth={1.5}
          fill={strokeOf(index)}
          fillOpacity={single ? 0.16 : 0.06}
          dot={false}
          activeDot={{ r: 3, strokeWidth: 0 }}
          connectNulls={false}
          isAnimationActive={false}
        />
      ))}
    </AreaChart>
  );
}

interface ReadingProps {
  readonly chart: Chart;
  readonly atMs: number;
  readonly values: readonly { readonly dataKey?: unknown; readonly value?: unknown }[];
}

/** What the pointer is on: the time with its zone, and every line's value then. */
function Reading({ chart, atMs, values }: ReadingProps) {
  const formats = useFormats();
  return (
    <div className={classes.reading}>
      <time>{formats.dateTime(new Date(atMs).toISOString())}</time>
      {chart.lines.map(({ field, label }, index) => {
        const value = values.find(({ dataKey }) => dataKey === field)?.value;
        if (typeof value !== 'number') return null;
        return (
          <p key={field}>
            <span className={classes.mark} style={{ background: strokeOf(index) }} />
            {label} <b>{chart.format(value)}</b>
          </p>
        );
      })}
    </div>
  );
}
