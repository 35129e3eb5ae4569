/** What things cost, to the milli-credit. */
import { describe, expect, test } from 'vitest';
import {
  accruedMilli,
  balanceMilli,
  computeLines,
  computeMilli,
  dayMs,
  spentMilli,
  storageLines,
} from '../../main/sandbox/world/ledger.ts';
import { releaseInstance, takeSnapshot } from '../../main/sandbox/world/lifecycle.ts';
import { planRelease, planSnapshot } from '../../main/sandbox/world/timeline.ts';
import { applyTo, emptyWorld, runningInstance } from '../support/sandbox-world.ts';

const hourMs = 3_600_000;

describe('an hour of', () => {
  test.each([
    [65, hourMs, 650],
    [65, hourMs / 2, 325],
    [65, 1000, 0],
    [65, 6000, 1],
    [310, 1000, 0],
    [310, 1999, 0],
    [310, 2000, 1],
    [620, 24 * hourMs, 148_800],
    [65, 0, 0],
    [65, -5000, 0],
    // A year of the dearest, with nothing lost to rounding.
    [2480, 365 * 24 * hourMs, 217_248_000],
  ])('%i hundredths over %i ms costs %i milli-credits', (priceCent, durationMs, milli) => {
    expect(computeMilli(priceCent, 1_000_000, 1_000_000 + durationMs)).toBe(milli);
  });
});

describe('an instance', () => {
  const instance = runningInstance('ins-a', { priceCent: 65, runningFrom: 0 });

  test('costs while it runs, and what it cost stays when it is released', () => {
    const released = { ...instance, timeline: planRelease(instance.timeline, hourMs) };
    expect(accruedMilli(instance, hourMs)).toBe(650);
    expect(accruedMilli(released, hourMs)).toBe(650);
    expect(accruedMilli(released, 1000 * hourMs)).toBe(650);
  });

  test('costs nothing while it is snapshotted, and goes on costing after', () => {
    const timeline = planSnapshot(instance.timeline, hourMs, 7400, { autoRelease: false });
    const saved = { ...instance, timeline };
    const runsAgainAt = timeline.at(-1)?.at ?? Number.NaN;
    expect(accruedMilli(saved, runsAgainAt)).toBe(650);
    expect(accruedMilli(saved, runsAgainAt + 2 * hourMs)).toBe(1950);
    expect(computeLines(saved, runsAgainAt + 2 * hourMs)).toMatchObject([
      { id: 'ins-a-1', from: 0, to: hourMs, amountMilli: 650 },
      { id: 'ins-a-2', from: runsAgainAt, to: null, amountMilli: 1300 },
    ]);
  });

  test('costs the sum of its lines, at any moment', () => {
    const timeline = planSnapshot(instance.timeline, 12_345_678, 913, { autoRelease: true });
    const saved = { ...instance, priceCent: 127, timeline };
    for (let now = 0; now < 30_000_000; now += 777_777) {
      const lines = computeLines(saved, now).reduce((sum, { amountMilli }) => sum + amountMilli, 0);
      expect(accruedMilli(saved, now)).toBe(lines);
    }
  });
});

test('a day of storage is paid when it begins', () => {
  const { account } = emptyWorld({ planStartedAt: 0, planDayMilli: 400 });
  expect(storageLines(account, -1)).toEqual([]);
  expect(storageLines(account, 0)).toMatchObject([{ amountMilli: 400, to: null }]);
  expect(storageLines(account, dayMs)).toMatchObject([{ to: dayMs }, { from: dayMs, to: null }]);
});

test('balance and lines always add up to what was paid in', () => {
  let state = emptyWorld({ paidInMilli: 5_000_000, planStartedAt: 0, planDayMilli: 400 });
  state = applyTo(state, [
    { table: 'instances', id: 'ins-a', record: runningInstance('ins-a', { priceCent: 65 }) },
    { table: 'instances', id: 'ins-b', record: runningInstance('ins-b', { priceCent: 310 }) },
  ]);
  const snapshot = takeSnapshot({
    ...{ instanceId: 'ins-a', snapshotId: 'snap-a', name: 'a', autoRelease: false, filesMb: 1 },
  });
  state = applyTo(state, snapshot(state, 5_000_001).changes);
  state = applyTo(state, releaseInstance('ins-b')(state, 7_654_321).changes);
  for (let now = 0; now < 3 * dayMs; now += 9_999_991) {
    const lines = [
      ...[...state.instances.values()].flatMap((instance) => computeLines(instance, now)),
      ...storageLines(state.account, now),
    ];
    const sum = lines.reduce((total, { amountMilli }) => total + amountMilli, 0);
    expect(spentMilli(state, now)).toBe(sum);
    expect(balanceMilli(state, now) + sum).toBe(5_000_000);
  }
});
