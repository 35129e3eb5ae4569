/** Points as rows of a chart: one number per line, and an empty row where nothing was sampled. */
import type { Sample } from '../../preload/contract/metrics.ts';
import type { MetricSeries } from './metric-series.ts';

/** A row with `null` breaks every line. */
export type ChartRow = { readonly atMs: number } & Readonly<Record<string, number | null>>;

/** Samples come every 5 seconds: three missing ones in a row are a gap, whatever the step. */
const shortestGapMs = 15_000;

export const gpuLoad = (index: number): string => `gpuLoad${index}`;
export const gpuMemory = (index: number): string => `gpuMemory${index}`;

export function chartRows({ points, stepMs }: MetricSeries): readonly ChartRow[] {
  const gapMs = Math.max(shortestGapMs, stepMs * 2);
  const gpuCount = Math.max(0, ...points.map(({ sample }) => sample.gpus.length));
  const rows: ChartRow[] = [];
  let beforeMs: number | undefined;
  for (const { atMs, sample } of points) {
    if (beforeMs !== undefined && atMs - beforeMs > gapMs) {
      rows.push(rowOf(Math.round((beforeMs + atMs) / 2), undefined, gpuCount));
    }
    rows.push(rowOf(atMs, sample, gpuCount));
    beforeMs = atMs;
  }
  return rows;
}

function rowOf(atMs: number, sample: Sample | undefined, gpuCount: number): ChartRow {
  const row: Record<string, number | null> & { atMs: number } = {
    atMs,
    cpu: sample?.cpu ?? null,
    memory: sample?.memoryUsed ?? null,
    disk: sample?.diskUsed ?? null,
    networkIn: sample?.networkIn ?? null,
    networkOut: sample?.networkOut ?? null,
  };
  for (let index = 0; index < gpuCount; index += 1) {
    const gpu = sample?.gpus[index];
    row[gpuLoad(index)] = gpu?.load ?? null;
    row[gpuMemory(index)] = gpu?.memoryUsed ?? null;
  }
  return row;
}
