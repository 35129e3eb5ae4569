/** A change of the machine's addresses is told once, and nothing else is. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchNetwork } from '../../main/platform/node/watch-network.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('another address is told once', () => {
  let addresses = '192.0.2.7';
  let changes = 0;
  const stop = watchNetwork(
    () => {
      changes += 1;
    },
    () => addresses,
  );
  vi.advanceTimersByTime(60_000);
  expect(changes).toBe(0);
  addresses = '198.51.100.7';
  vi.advanceTimersByTime(60_000);
  expect(changes).toBe(1);
  addresses = '';
  vi.advanceTimersByTime(60_000);
  expect(changes).toBe(2);
  stop();
  addresses = '192.0.2.7';
  vi.advanceTimersByTime(60_000);
  expect(changes).toBe(2);
});
