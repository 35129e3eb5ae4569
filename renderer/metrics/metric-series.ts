/** Samples over a range of time: kept steps first, then new samples as they come; pure functions. */
import type { MetricHistory, Sample } from '../../preload/contract/metrics.ts';

/** A step of time and the mean of the samples in it. */
export interface Point {
  readonly atMs: number;
  readonly count: number;
  readonly sample: Sample;
}

export interface MetricSeries {
  readonly stepMs: number;
  readonly spanMs: number;
  /** In order of time. */
  readonly points: readonly Point[];
}

/** More than this is not seen on a chart and makes it slow. */
export const mostPoints = 300;

export function seriesOf({ from, to, stepMs, samples }: MetricHistory): MetricSeries {
  return {
    stepMs,
    spanMs: Date.parse(to) - Date.parse(from),
    points: samples.map((sample) => ({ atMs: Date.parse(sample.at), count: 1, sample })),
  };
}

/** Adds a sample: to the last step where it falls in, else as a new one; what is older than the range is dropped. */
export function addSample(series: MetricSeries, sample: Sample): MetricSeries {
  const atMs = Date.parse(sample.at);
  const last = series.points.at(-1);
  if (last && atMs <= last.atMs) return series;
  const oldestMs = atMs - series.spanMs;
  const kept = series.points.filter((point) => point.atMs >= oldestMs);
  if (last && atMs - last.atMs < series.stepMs) {
    const mean = {
      ...last,
      count: last.count + 1,
      sample: meanOf(last.sample, last.count, sample),
    };
    return { ...series, points: [...kept.slice(0, -1), mean] };
  }
  return { ...series, points: [...kept, { atMs, count: 1, sample }].slice(-mostPoints) };
}

const shares = [
  'cpu',
  'memoryUsed',
  'memoryTotal',
  'diskUsed',
  'diskTotal',
  'networkIn',
  'networkOut',
] as const;

/** The mean of `count` samples, whose mean is `mean`, and one more. Keeps the step's own time. */
function meanOf(mean: Sample, count: number, added: Sample): Sample {
  const blend = (former: number | undefined, next: number | undefined) =>
    former === undefined || next === undefined
      ? (next ?? former)
      : (former * count + next) / (count + 1);
  const merged: Record<string, number> = {};
  for (const name of shares) {
    const value = blend(mean[name], added[name]);
    if (value !== undefined) merged[name] = value;
  }
  return {
    ...merged,
    at: mean.at,
    gpus: added.gpus.map((gpu, index) => {
      const former = mean.gpus[index];
      if (former?.name !== gpu.name) return gpu;
      return {
        ...gpu,
        load: blend(former.load, gpu.load) ?? gpu.load,
        memoryUsed: blend(former.memoryUsed, gpu.memoryUsed) ?? gpu.memoryUsed,
      };
    }),
  };
}
