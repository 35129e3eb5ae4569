/** Samples: averaged to what a chart can show, kept for a day. */
import { afterAll, describe, expect, it } from 'vitest';
import { createEvents } from '../../main/core/events.ts';
import { openHistory } from '../../main/core/history.ts';
import { createNotices } from '../../main/core/notices.ts';
import { average, createSamples } from '../../main/features/metrics/samples.ts';
import type { Sample } from '../../preload/contract/metrics.ts';
import { createTempDir } from '../support/temp-dir.ts';
import { createTestClock } from '../support/test-platform.ts';

describe('samples', () => {
  const startMs = Date.parse('2026-11-20T08:00:03.217Z');
  const sample = (atMs: number, cpu = 0.5, more: Partial<Sample> = {}): Sample => ({
    at: new Date(atMs).toISOString(),
    cpu,
    gpus: [],
    ...more,
  });
  const directory = createTempDir('samples');
  const clock = createTestClock(startMs);
  const history = openHistory(directory.path, clock, createNotices(createEvents(), clock));
  const samples = createSamples(history);
  afterAll(() => {
    history.close();
    directory.remove();
  });

  it('of one step become one, at the time of the last, with the mean of what is there', () => {
    const gpu = { name: 'G', load: 0, memoryUsed: 10, memoryTotal: 20 };
    const merged = average(
      [
        sample(60_000, 0.2, { gpus: [gpu], networkIn: 100 }),
        sample(61_000, 0.6, { gpus: [{ ...gpu, load: 1, memoryUsed: 20 }] }),
        sample(70_000, 0.9),
      ],
      10_000,
    );
    expect(merged).toEqual([
      {
        at: new Date(61_000).toISOString(),
        cpu: 0.4,
        networkIn: 100,
        gpus: [{ ...gpu, load: 0.5, memoryUsed: 15 }],
      },
      sample(70_000, 0.9),
    ]);
  });

  it.each(['15m', '1h', '6h', '24h'] as const)('of %s are at most 300 points', (range) => {
    const instance = `full/${range}`;
    const rangeMs = { '15m': 0.25, '1h': 1, '6h': 6, '24h': 24 }[range] * 3_600_000;
    for (let atMs = startMs - rangeMs; atMs <= startMs; atMs += rangeMs / 1500) {
      samples.add(instance, sample(Math.round(atMs)));
    }
    const read = samples.read(instance, range, startMs);
    expect(read.samples.length).toBeGreaterThan(150);
    expect(read.samples.length).toBeLessThanOrEqual(300);
    expect(Date.parse(read.to) - Date.parse(read.from)).toBe(rangeMs);
    expect(read.samples.at(-1)?.at).toBe(read.to);
  });

  it('leave a gap where there were none, keep instances apart, and show no future', () => {
    samples.add('gap', sample(startMs - 600_000));
    samples.add('gap', sample(startMs - 60_000));
    samples.add('gap', sample(startMs + 3_600_000));
    expect(samples.read('gap', '15m', startMs).samples).toHaveLength(2);
    expect(samples.read('other', '15m', startMs).samples).toEqual([]);
  });

  it('older than 24 hours are forgotten', () => {
    const later = createSamples(history);
    later.add('old', sample(startMs));
    const rows = () =>
      (history.prepare('SELECT count(*) AS rows FROM samples').get() as { rows: number }).rows;
    expect(rows()).toBeGreaterThan(1000);
    createSamples(history).add('new', sample(startMs + 25 * 3_600_000));
    expect(rows()).toBe(2);
  });
});
