/** Samples in the local database, kept for 24 hours. */
import type { MetricRange } from '../../../preload/contract/constants.ts';
import type { GpuSample, MetricHistory, Sample } from '../../../preload/contract/metrics.ts';
import type { History } from '../../core/history.ts';

const keptMs = 24 * 3_600_000;

export const rangesMs: Readonly<Record<MetricRange, number>> = {
  '15m': 15 * 60_000,
  '1h': 3_600_000,
  '6h': 6 * 3_600_000,
  '24h': 24 * 3_600_000,
};

/** No chart shows more points than this. */
const maxPoints = 300;
const shortestStepMs = 5000;

export interface Samples {
  add(instance: string, sample: Sample): void;
  read(instance: string, range: MetricRange, nowMs: number): MetricHistory;
}

export function createSamples(history: History): Samples {
  const insert = history.prepare(
    'INSERT OR REPLACE INTO samples (instance, at, sample) VALUES (?, ?, ?)',
  );
  const select = history.prepare(
    'SELECT at, sample FROM samples WHERE instance = ? AND at BETWEEN ? AND ? ORDER BY at',
  );
  const forget = history.prepare('DELETE FROM samples WHERE at < ?');
  let added = 0;
  return {
    add(instance, sample) {
      const at = Date.parse(sample.at);
      insert.run(instance, at, JSON.stringify(sample));
      added += 1;
      if (added % 100 === 1) forget.run(at - keptMs);
    },
    read(instance, range, nowMs) {
      const rangeMs = rangesMs[range];
      const fromMs = nowMs - rangeMs;
      const rows = select.all(instance, fromMs, nowMs) as readonly { at: number; sample: string }[];
      const samples = rows.map((row) => JSON.parse(row.sample) as Sample);
      const stepMs = Math.max(Math.ceil(rangeMs / maxPoints), shortestStepMs);
      return {
        from: new Date(fromMs).toISOString(),
        to: new Date(nowMs).toISOString(),
        stepMs,
        // Steps lie on round times, so the range may begin and end within one.
        samples: average(samples, stepMs).slice(-maxPoints),
      };
    },
  };
}

/** One sample for each step that has any, at the time of its last. */
export function average(samples: readonly Sample[], stepMs: number): readonly Sample[] {
  const steps = new Map<number, Sample[]>();
  for (const sample of samples) {
    const step = Math.floor(Date.parse(sample.at) / stepMs);
    const group = steps.get(step);
    if (group) group.push(sample);
    else steps.set(step, [sample]);
  }
  return [...steps.values()].map(merge);
}

const fields = [
  'cpu',
  'memoryUsed',
  'memoryTotal',
  'diskUsed',
  'diskTotal',
  'networkIn',
  'networkOut',
] as const;

function merge(group: readonly Sample[]): Sample {
  const last = group.at(-1) as Sample;
  if (group.length === 1) return last;
  const means = fields.flatMap((field) => {
    const mean = meanOf(group.map((sample) => sample[field]));
    return mean === undefined ? [] : [[field, mean] as const];
  });
  const gpus = last.gpus.map((gpu, index): GpuSample => {
    const same = group.flatMap((sample) => sample.gpus[index] ?? []);
    return {
      ...gpu,
      load: meanOf(same.map(({ load }) => load)) ?? gpu.load,
      memoryUsed: meanOf(same.map(({ memoryUsed }) => memoryUsed)) ?? gpu.memoryUsed,
    };
  });
  return { at: last.at, ...Object.fromEntries(means), gpus };
}

function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const present = values.filter((value) => value !== undefined);
  if (present.length === 0) return undefined;
  return present.reduce((sum, value) => sum + value, 0) / present.length;
}
