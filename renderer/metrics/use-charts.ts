/** Which charts an instance's samples can fill, with their present values in words. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sample } from '../../preload/contract/metrics.ts';
import type { Formats } from '../ui/format.ts';
import { useFormats } from '../ui/texts.ts';
import { gpuLoad, gpuMemory } from './chart-rows.ts';
import type { MetricSeries } from './metric-series.ts';

export interface ChartLine {
  /** The row's field. */
  readonly field: string;
  readonly label: string;
}

export interface Chart {
  readonly id: 'cpu' | 'memory' | 'disk' | 'network' | 'gpuLoad' | 'gpuMemory';
  readonly title: string;
  /** The present value. */
  readonly now: string;
  readonly note: string;
  readonly lines: readonly ChartLine[];
  /** The top of the scale; absent: as high as the values. */
  readonly top?: number | undefined;
  format(value: number): string;
}

type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

export function useCharts(series: MetricSeries | undefined): readonly Chart[] {
  const { t } = useTranslation('metrics');
  const formats = useFormats();
  const sample = series?.points.at(-1)?.sample;
  return useMemo(
    () => (sample ? chartsOf(sample, formats, (key, params) => t(key, { ...params })) : []),
    [sample, formats, t],
  );
}

/** Only what the latest sample tells of; a card without a value would say nothing. */
function chartsOf(sample: Sample, formats: Formats, t: Translate): readonly Chart[] {
  const charts: Chart[] = [];
  const { cpu, memoryUsed, memoryTotal, diskUsed, diskTotal, networkIn, networkOut, gpus } = sample;
  const { bytes, share } = formats;
  const used = (id: 'memory' | 'disk', value: number, total: number | undefined) =>
    charts.push({
      id,
      title: t(id),
      now: bytes(value),
      note: total ? t('of', { total: bytes(total), share: share(value / total) }) : '',
      lines: [{ field: id, label: t(id) }],
      top: total,
      format: bytes,
    });

  if (cpu !== undefined) {
    const lines = [{ field: 'cpu', label: t('cpu') }];
    charts.push({
      id: 'cpu',
      title: t('cpu'),
      now: share(cpu),
      note: '',
      lines,
      top: 1,
      format: share,
    });
  }
  if (memoryUsed !== undefined) used('memory', memoryUsed, memoryTotal);
  if (gpus.length > 0)
    charts.push(gpuLoadChart(sample, formats, t), gpuMemoryChart(sample, formats, t));
  if (diskUsed !== undefined) used('disk', diskUsed, diskTotal);
  if (networkIn !== undefined && networkOut !== undefined) {
    const rate = (value: number) => t('rate', { bytes: bytes(value) });
    charts.push({
      id: 'network',
      title: t('network'),
      now: rate(networkIn + networkOut),
      note: t('inOut', { in: rate(networkIn), out: rate(networkOut) }),
      lines: [
        { field: 'networkIn', label: t('in') },
        { field: 'networkOut', label: t('out') },
      ],
      format: rate,
    });
  }
  return charts;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function gpuLoadChart({ gpus }: Sample, { share }: Formats, t: Translate): Chart {
  return {
    id: 'gpuLoad',
    title: t('gpuLoad'),
    now: share(mean(gpus.map(({ load }) => load))),
    note: gpus.length > 1 ? t('gpus', { count: gpus.length }) : (gpus[0]?.name ?? ''),
    lines: gpus.map((_, index) => ({ field: gpuLoad(index), label: t('gpu', { index }) })),
    top: 1,
    format: share,
  };
}

function gpuMemoryChart({ gpus }: Sample, { bytes, share }: Formats, t: Translate): Chart {
  const used = gpus.reduce((sum, gpu) => sum + gpu.memoryUsed, 0);
  const total = gpus.reduce((sum, gpu) => sum + gpu.memoryTotal, 0);
  return {
    id: 'gpuMemory',
    title: t('gpuMemory'),
    now: bytes(used),
    note: total > 0 ? t('of', { total: bytes(total), share: share(used / total) }) : '',
    lines: gpus.map((_, index) => ({ field: gpuMemory(index), label: t('gpu', { index }) })),
    top: Math.max(...gpus.map(({ memoryTotal }) => memoryTotal)),
    format: bytes,
  };
}
