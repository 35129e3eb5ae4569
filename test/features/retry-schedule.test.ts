/** When a host is dialled again: with and without a network, after sleep, and who is told when. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection } from '../../main/features/ssh/connection.ts';
import type { LeaseRequest } from '../../main/features/ssh/lease.ts';
import { createRetrySchedule } from '../../main/features/ssh/retry-schedule.ts';
import { type CloudError, refusal } from '../../preload/contract/errors.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
});
afterEach(() => vi.useRealTimers());

/** A host that cannot be reached, from a machine whose network the test switches. */
function create() {
  let isOnline = true;
  let dialled = 0;
  let reachable = false;
  const connection = new Connection(
    async () => {
      dialled += 1;
      if (!reachable) throw refusal('network', 'reach-no-route');
      throw refusal('cancelled', 'enough');
    },
    () => {},
    createRetrySchedule(
      () => isOnline,
      () => 1,
    ),
  );
  const told: (readonly [string | undefined, number | undefined])[] = [];
  const request = (interactive: boolean): LeaseRequest => ({
    owner: { kind: 'tunnel', instance: 'servers/x', name: 'x', address: 'x:22' },
    interactive,
    signal: new AbortController().signal,
  });
  return {
    connection,
    request,
    told,
    dialled: () => dialled,
    setOnline(next: boolean) {
      isOnline = next;
    },
    come() {
      reachable = true;
    },
    keepTrying(interactive = false) {
      const tried = connection.acquirePersistently(request(interactive), (failure, atMs) => {
        told.push([failure.rule?.id, atMs === undefined ? undefined : atMs - Date.now()]);
      });
      return tried.then(
        () => 'up',
        (error: CloudError) => error.rule?.id,
      );
    },
  };
}

describe('a host that does not answer', () => {
  it('is tried quickly at first, then slowly for ever, and each wait is told', async () => {
    const { keepTrying, told, dialled, come } = create();
    const over = keepTrying();
    await vi.advanceTimersByTimeAsync(200_000);
    expect(told.slice(0, 9).map(([, waitMs]) => waitMs)).toEqual([
      1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 60_000,
    ]);
    const before = dialled();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(dialled() - before).toBe(60);
    come();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await over).toBe('enough');
  });

  it('is not tried while there is no network, and at once when it returns', async () => {
    const { connection, keepTrying, told, dialled, setOnline } = create();
    void keepTrying();
    await vi.advanceTimersByTimeAsync(0);
    setOnline(false);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(dialled()).toBe(1);
    connection.retryNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(dialled()).toBe(1);
    setOnline(true);
    connection.retryNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(dialled()).toBe(2);
    expect(told.at(-1)).toEqual(['reach-no-route', 1000]);
  });

  it('is tried again after a network that was gone for a blink, though nobody said that it returned', async () => {
    const { keepTrying, dialled, setOnline } = create();
    void keepTrying();
    await vi.advanceTimersByTimeAsync(500);
    setOnline(false);
    await vi.advanceTimersByTimeAsync(1000);
    setOnline(true);
    expect(dialled()).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(dialled()).toBeGreaterThan(1);
  });

  it('is not even tried first without a network, but for a person', async () => {
    const { keepTrying, told, dialled, setOnline } = create();
    setOnline(false);
    void keepTrying();
    await vi.advanceTimersByTimeAsync(600_000);
    expect([dialled(), told]).toEqual([0, [['ssh-offline', undefined]]]);
    void keepTrying(true);
    await vi.advanceTimersByTimeAsync(0);
    expect([dialled(), told.at(-1)]).toEqual([1, ['reach-no-route', undefined]]);
  });
});

it('a machine on the way is dialled once for all behind it, and at once for a person', async () => {
  const { connection, dialled, request } = create();
  const codeOf = (promise: Promise<unknown>) =>
    promise.catch((error: CloudError) => error.rule?.id);
  for (let index = 0; index < 5; index += 1) {
    expect(await codeOf(connection.acquireOnTheWay(request(false)))).toBe('reach-no-route');
  }
  expect(dialled()).toBe(1);
  await codeOf(connection.acquireOnTheWay(request(true)));
  expect(dialled()).toBe(2);
  await vi.advanceTimersByTimeAsync(2100);
  await codeOf(connection.acquireOnTheWay(request(false)));
  expect(dialled()).toBe(3);
});

describe('after sleep', () => {
  it('the network is given eight seconds, and attempts begin anew', async () => {
    const { connection, keepTrying, dialled } = create();
    void keepTrying();
    await vi.advanceTimersByTimeAsync(100_000);
    const before = dialled();
    connection.resumeAfter(8000);
    await vi.advanceTimersByTimeAsync(7900);
    expect(dialled()).toBe(before);
    await vi.advanceTimersByTimeAsync(200);
    expect(dialled()).toBe(before + 1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(dialled()).toBe(before + 2);
  });

  it.each([-3_600_000, 3_600_000])(
    'the wait is no other for a clock that is set by %d ms',
    async (jumpMs) => {
      const { connection, keepTrying, dialled } = create();
      connection.resumeAfter(8000);
      vi.setSystemTime(Date.now() + jumpMs);
      void keepTrying();
      await vi.advanceTimersByTimeAsync(7900);
      expect(dialled()).toBe(0);
      await vi.advanceTimersByTimeAsync(200);
      expect(dialled()).toBe(1);
    },
  );

  it('a connection that was up is not dialled again before, unless the network says it is back', async () => {
    const { connection, keepTrying, dialled } = create();
    connection.resumeAfter(8000);
    void keepTrying();
    await vi.advanceTimersByTimeAsync(5000);
    expect(dialled()).toBe(0);
    connection.retryNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(dialled()).toBe(1);
  });
});

it('a wait without a network is ended by nobody who is told of one, until there is one', async () => {
  let isOnline = false;
  const schedule = createRetrySchedule(() => isOnline);
  let isDue = false;
  void schedule.due().then(() => {
    isDue = true;
  });
  schedule.wake();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([isDue, schedule.isWaiting()]).toEqual([false, true]);
  isOnline = true;
  schedule.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect([isDue, schedule.isWaiting()]).toEqual([true, false]);
});
