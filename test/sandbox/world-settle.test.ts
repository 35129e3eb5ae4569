/** Out of credit: what runs is saved and shut down at the very moment, and nothing goes on costing. */
import { describe, expect, test } from 'vitest';
import { balanceMilli, dayMs } from '../../main/sandbox/world/ledger.ts';
import { takeSnapshot } from '../../main/sandbox/world/lifecycle.ts';
import type { Instance, WorldState } from '../../main/sandbox/world/model.ts';
import { settle } from '../../main/sandbox/world/settle.ts';
import { deleteSnapshot } from '../../main/sandbox/world/snapshots.ts';
import { planCreation, statusAt } from '../../main/sandbox/world/timeline.ts';
import { applyTo, emptyWorld, runningInstance } from '../support/sandbox-world.ts';

const hourMs = 3_600_000;

function worldWith(paidInMilli: number, instances: readonly Instance[]): WorldState {
  return applyTo(
    emptyWorld({ paidInMilli, planStartedAt: 1000 * dayMs }),
    instances.map((record) => ({ table: 'instances', id: record.id, record })),
  );
}

describe('when the credit runs out', () => {
  const state = worldWith(650, [runningInstance('ins-a'), runningInstance('ins-b')]);
  const settledBy = (now: number) => applyTo(state, settle(state, 0, now).changes);

  test('nothing happens as long as there is some', () => {
    expect(settle(state, 0, hourMs / 2 - 1000).changes).toEqual([]);
  });

  test('every running instance is snapshotted at that second, however late one looks', () => {
    const late = settledBy(40 * hourMs);
    for (const instance of late.instances.values()) {
      expect(instance.timeline.find(({ status }) => status === 'Suspending')?.at).toBe(hourMs / 2);
      expect(statusAt(instance.timeline, 40 * hourMs)).toBe('Released');
    }
    expect([...late.snapshots.values()].map(({ sourceName }) => sourceName)).toEqual([
      'ins-a',
      'ins-b',
    ]);
    expect(balanceMilli(late, 40 * hourMs)).toBe(0);
  });

  test('looking often or once gives the same', () => {
    let often = state;
    for (let now = 0; now <= 2 * hourMs; now += 7000) {
      often = applyTo(often, settle(often, Math.max(0, now - 7000), now).changes);
    }
    const once = settledBy(2 * hourMs);
    expect([...often.instances.values()]).toEqual([...once.instances.values()]);
    expect([...often.snapshots.keys()]).toEqual([...once.snapshots.keys()]);
  });

  test('an instance on its way is released, one being snapshotted does not return', () => {
    const waiting = { ...runningInstance('ins-c'), timeline: planCreation(hourMs / 2 - 1000, 0) };
    const saving = takeSnapshot({
      ...{ instanceId: 'ins-b', snapshotId: 'snap-b', name: 'b', autoRelease: false, filesMb: 0 },
    })(state, hourMs / 2 - 1000).changes;
    const mixed = applyTo(applyTo(state, saving), [
      { table: 'instances', id: 'ins-c', record: waiting },
    ]);
    const end = applyTo(mixed, settle(mixed, hourMs / 2 - 1000, 2 * hourMs).changes);
    const words = [...end.instances.values()].map(({ timeline }) =>
      timeline.map(({ status }) => status).join(' '),
    );
    expect(words).toEqual([
      'Running Suspending Paused Releasing Released',
      'Running Suspending Paused Releasing Released',
      'SchedQueued Creating Releasing Released',
    ]);
  });

  test('storage alone can use it up too, and there is nothing to shut down', () => {
    const empty = emptyWorld({ paidInMilli: 500, planStartedAt: 0, planDayMilli: 400 });
    expect(settle(empty, 0, 5 * dayMs).changes).toEqual([]);
  });
});

test('it says how long nothing can happen, and is right', () => {
  const state = worldWith(650_000, [runningInstance('ins-a'), runningInstance('ins-b')]);
  const { nothingBefore } = settle(state, 0, 1000);
  expect(nothingBefore).toBeGreaterThan(hourMs);
  expect(balanceMilli(state, nothingBefore)).toBeGreaterThan(0);
});

test('a deleted snapshot is gone after its days, with its files', () => {
  let state = worldWith(1_000_000, [runningInstance('ins-a')]);
  const request = { instanceId: 'ins-a', snapshotId: 'snap-a', name: 'a', filesMb: 0 };
  state = applyTo(state, takeSnapshot({ ...request, autoRelease: true })(state, 0).changes);
  state = applyTo(state, deleteSnapshot('snap-a', false)(state, hourMs).changes);
  expect(settle(state, hourMs, hourMs + 7 * dayMs - 1).changes).toEqual([]);
  expect(settle(state, hourMs, hourMs + 7 * dayMs).changes).toEqual([
    { table: 'snapshots', id: 'snap-a', record: null },
    { table: 'trees', id: 'snapshot:snap-a', remove: true },
  ]);
});
