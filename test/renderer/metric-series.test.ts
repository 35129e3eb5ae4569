/** Samples over time: steps, means, the range that moves, and gaps that stay gaps. */
import { describe, expect, it } from 'vitest';
import type { MetricHistory, Sample } from '../../preload/contract/metrics.ts';
import { chartRows } from '../../renderer/metrics/chart-rows.ts';
import { addSample, mostPoints, seriesOf } from '../../renderer/metrics/metric-series.ts';

const startMs = Date.parse('2026-11-20T00:00:00Z');
const at = (seconds: number) => new Date(startMs + seconds * 1000).toISOString();
const sample = (seconds: number, cpu: number): Sample => ({ at: at(seconds), cpu, gpus: [] });
const history = (stepMs: number, spanSeconds: number, samples: Sample[]): MetricHistory => ({
  from: at(0),
  to: at(spanSeconds),
  stepMs,
  samples,
});
const cpus = (series: ReturnType<typeof seriesOf>) =>
  series.points.map(({ sample: { cpu } }) => cpu);

describe('a series', () => {
  it('takes a sample of a new step as a new point', () => {
    const series = seriesOf(history(12_000, 3600, [sample(0, 0.1)]));
    expect(cpus(addSample(series, sample(12, 0.5)))).toEqual([0.1, 0.5]);
  });

  it('holds the mean of the samples of one step', () => {
    let series = seriesOf(history(12_000, 3600, []));
    series = addSample(series, sample(0, 0.2));
    series = addSample(series, sample(5, 0.4));
    series = addSample(series, sample(10, 0.9));
    expect(cpus(series)).toEqual([0.5]);
  });

  it('ignores a sample that is not newer', () => {
    const series = seriesOf(history(12_000, 3600, [sample(100, 0.1)]));
    expect(addSample(series, sample(100, 0.9))).toBe(series);
    expect(addSample(series, sample(50, 0.9))).toBe(series);
  });

  it('drops what is older than its range', () => {
    const series = seriesOf(history(3000, 900, [sample(0, 0.1), sample(600, 0.2)]));
    expect(cpus(addSample(series, sample(905, 0.3)))).toEqual([0.2, 0.3]);
  });

  it('never holds more points than a chart can show', () => {
    let series = seriesOf(history(1000, 86_400, []));
    for (let second = 0; second < mostPoints + 50; second += 1) {
      series = addSample(series, sample(second, 0.5));
    }
    expect(series.points).toHaveLength(mostPoints);
  });

  it('keeps a figure that one of two samples does not tell', () => {
    const series = seriesOf(history(12_000, 3600, [{ at: at(0), memoryUsed: 7, gpus: [] }]));
    const [point] = addSample(series, sample(5, 0.5)).points;
    expect(point?.sample).toMatchObject({ cpu: 0.5, memoryUsed: 7 });
  });
});

describe('the rows of a chart', () => {
  it('have an empty row where samples are missing', () => {
    const rows = chartRows(
      seriesOf(history(3000, 900, [sample(0, 0.1), sample(5, 0.2), sample(65, 0.3)])),
    );
    expect(rows.map(({ cpu }) => cpu)).toEqual([0.1, 0.2, null, 0.3]);
    expect(rows[2]?.atMs).toBe(startMs + 35_000);
  });

  it('have none between samples in their usual rhythm, though steps in between are empty', () => {
    const rhythm = [0, 5, 10, 15, 20].map((second) => sample(second, 0.5));
    expect(chartRows(seriesOf(history(3000, 900, rhythm)))).toHaveLength(5);
    const coarse = [0, 288, 576].map((second) => sample(second, 0.5));
    expect(chartRows(seriesOf(history(288_000, 86_400, coarse)))).toHaveLength(3);
  });

  it('have a field for each GPU, empty where a sample lacks it', () => {
    const gpu = { name: 'RTX 4090', load: 0.9, memoryUsed: 3, memoryTotal: 24 };
    const rows = chartRows(
      seriesOf(
        history(3000, 900, [
          { at: at(0), gpus: [gpu] },
          { at: at(5), gpus: [gpu, { ...gpu, load: 0.4 }] },
        ]),
      ),
    );
    expect(rows.map(({ gpuLoad1 }) => gpuLoad1)).toEqual([null, 0.4]);
    expect(rows.map(({ gpuMemory0 }) => gpuMemory0)).toEqual([3, 3]);
  });
});
