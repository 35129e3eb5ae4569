/** Who waits for a tunnel's connection: told at once of what happens, let go after a while, and forgotten then. */
import type ssh2 from 'ssh2';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Lease } from '../../main/features/ssh/lease.ts';
import { Waiters } from '../../main/features/tunnels/waiters.ts';
import { type CloudError, refusal } from '../../preload/contract/errors.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => vi.useRealTimers());

const lease: Lease = { client: {} as ssh2.Client, onLost: () => {}, release: () => {} };
const outcomeOf = (promise: Promise<Lease>) =>
  promise.then(
    () => 'served',
    (error: CloudError) => error.rule?.id ?? error.code,
  );
const staying = new AbortController().signal;

it('is served or told why not, all at the same moment', async () => {
  const waiters = new Waiters();
  const served = [waiters.wait(staying), waiters.wait(staying)].map(outcomeOf);
  waiters.succeed(lease);
  expect(await Promise.all(served)).toEqual(['served', 'served']);
  const told = outcomeOf(waiters.wait(staying));
  waiters.fail(refusal('forbidden', 'host-key-changed'));
  expect(await told).toBe('host-key-changed');
});

it('is let go after fifteen seconds', async () => {
  const outcome = outcomeOf(new Waiters().wait(staying));
  await vi.advanceTimersByTimeAsync(14_999);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await outcome).toBe('tunnel-down');
});

it('that left, or had left already, is waited for no longer', async () => {
  const waiters = new Waiters();
  const leaving = new AbortController();
  const outcome = outcomeOf(waiters.wait(leaving.signal));
  leaving.abort();
  expect(await outcome).toBe('cancelled');
  expect(await outcomeOf(waiters.wait(leaving.signal))).toBe('cancelled');
  expect(vi.getTimerCount()).toBe(0);
});
