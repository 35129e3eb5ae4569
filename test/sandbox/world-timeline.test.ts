/** Statuses follow from plans and the clock alone. */
import { describe, expect, test } from 'vitest';
import {
  nextChange,
  phaseProgress,
  planCreation,
  planRelease,
  planSnapshot,
  releaseAfterSnapshot,
  runningSpans,
  savingMs,
  statusAt,
  type Timeline,
} from '../../main/sandbox/world/timeline.ts';

const words = (timeline: Timeline) => timeline.map(({ status }) => status).join(' ');
const created = planCreation(0, 0);
const runningFrom = created.at(-1)?.at ?? Number.NaN;

describe('a plan', () => {
  test.each([
    ['creation', created, 'SchedQueued Creating Running'],
    [
      'a snapshot that returns',
      planSnapshot(created, 60_000, 100, { autoRelease: false }),
      'SchedQueued Creating Running Suspending Paused Running',
    ],
    [
      'a snapshot that ends it',
      planSnapshot(created, 60_000, 100, { autoRelease: true }),
      'SchedQueued Creating Running Suspending Paused Releasing Released',
    ],
    ['a release', planRelease(created, 60_000), 'SchedQueued Creating Running Releasing Released'],
    [
      'a release before it was placed drops what was planned',
      planRelease(created, 1000),
      'SchedQueued Releasing Released',
    ],
    [
      'a snapshot that was to return, and shall not',
      releaseAfterSnapshot(planSnapshot(created, 60_000, 100, { autoRelease: false }), 60_001),
      'SchedQueued Creating Running Suspending Paused Releasing Released',
    ],
  ])('of %s', (_what, timeline, expected) => {
    expect(words(timeline)).toBe(expected);
    const moments = timeline.map(({ at }) => at);
    expect(moments).toEqual([...moments].sort((one, other) => one - other));
  });
});

describe('the clock', () => {
  const saved = planSnapshot(created, 60_000, 1000, { autoRelease: false });
  const pausedAt = 60_000 + savingMs(1000);

  test.each([
    [-1, 'SchedQueued'],
    [0, 'SchedQueued'],
    [runningFrom - 1, 'Creating'],
    [runningFrom, 'Running'],
    [59_999, 'Running'],
    [60_000, 'Suspending'],
    [pausedAt - 1, 'Suspending'],
    [pausedAt, 'Paused'],
    [pausedAt + 4000, 'Running'],
  ])('at %i says %s', (now, status) => {
    expect(statusAt(saved, now)).toBe(status);
  });

  test('shows how far saving is, and never 100 before the end', () => {
    expect(phaseProgress(saved, 60_000)).toBe(0);
    expect(phaseProgress(saved, 60_000 + savingMs(1000) / 2)).toBe(50);
    expect(phaseProgress(saved, pausedAt - 1)).toBe(99);
  });

  test('knows what comes next, and when nothing does', () => {
    expect(nextChange(saved, 60_000)).toBe(pausedAt);
    expect(nextChange(saved, pausedAt + 4000)).toBeUndefined();
  });

  test('saving takes time in proportion to size', () => {
    const [one, two] = [savingMs(1000) - savingMs(0), savingMs(2000) - savingMs(0)];
    expect(two).toBe(2 * one);
  });

  test('running spans leave out waiting, saving and what has not happened yet', () => {
    expect(runningSpans(saved, runningFrom - 1)).toEqual([]);
    expect(runningSpans(saved, 30_000)).toEqual([{ from: runningFrom, to: null }]);
    expect(runningSpans(saved, 60_000)).toEqual([{ from: runningFrom, to: 60_000 }]);
    expect(runningSpans(saved, pausedAt + 5000)).toEqual([
      { from: runningFrom, to: 60_000 },
      { from: pausedAt + 4000, to: null },
    ]);
  });
});
