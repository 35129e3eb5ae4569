/** A page is taken for gone once nothing of it is open any more, and not while it only works for itself. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PageWatch } from '../../main/features/files/page-watch.ts';
import { Transfer } from '../../main/features/files/transfer.ts';

const identity = {
  instance: 'servers/a',
  instanceName: 'a',
  direction: 'download',
  name: 'x',
  directory: '/',
} as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  const clock = { now: () => Date.now(), monotonic: () => performance.now() };
  const transfer = new Transfer(identity, clock, () => {});
  transfer.set('queued', false);
  transfer.set('preparing', false);
  const watch = new PageWatch(transfer, () => {});
  watch.start();
  return { transfer, watch };
}

it('one that stays open is there, however long it asks for nothing else', async () => {
  const { transfer, watch } = watched();
  const page = new AbortController();
  void watch.asking(page.signal, () => new Promise<void>(() => {}));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(transfer.state).toBe('running');
  page.abort();
  await vi.advanceTimersByTimeAsync(1000);
  expect(transfer.state).toBe('stalled');
});

it('one that asked once and no more is gone, and is there again with its next question', async () => {
  const { transfer, watch } = watched();
  const { signal } = new AbortController();
  await watch.asking(signal, async () => {});
  await vi.advanceTimersByTimeAsync(10_000);
  expect(transfer.state).toBe('stalled');
  await watch.asking(signal, async () => expect(transfer.state).toBe('running'));
});
