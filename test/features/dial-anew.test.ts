/** An attempt under way when the network changes: begun anew at once, but never under a person or a server that answered. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ErrorCode } from '../../preload/contract/errors.ts';
import { codeOf, createPlayed, quiet, request } from '../support/played-connection.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => vi.useRealTimers());

describe('an attempt under way when the network changes', () => {
  const settled = () => vi.advanceTimersByTimeAsync(0);
  const anyAddress = () => true;

  it('is begun anew at once, for all who wait for it, while the server said nothing', async () => {
    const { connection, dialled } = createPlayed('silent', 'silent', 'up');
    const all = [quiet(), quiet(), request()].map((one) => codeOf(connection.acquire(one)));
    await settled();
    connection.moveTo(anyAddress);
    await settled();
    expect(dialled.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    connection.moveTo(anyAddress);
    expect(await Promise.all(all)).toEqual(['up', 'up', 'up']);
    expect(dialled).toHaveLength(3);
  });

  it.each([
    ['that waits for a person', 'never'],
    ['to which the server answered', 'spoke'],
  ] as const)('%s goes on', async (_what, outcome) => {
    const { connection, dialled } = createPlayed(outcome);
    void codeOf(connection.acquire(request()));
    await settled();
    connection.moveTo(anyAddress);
    await settled();
    expect(dialled.map(({ signal }) => signal.aborted)).toEqual([false]);
  });

  it('stays given up by those who gave it up', async () => {
    const { connection, dialled } = createPlayed('silent', 'up');
    const leaving = new AbortController();
    const left = codeOf(connection.acquire(request({ signal: leaving.signal })));
    await settled();
    leaving.abort();
    connection.moveTo(anyAddress);
    expect(await left).toBe('cancelled');
    expect(dialled).toHaveLength(1);
  });

  it.each<ErrorCode>(['unauthenticated', 'forbidden'])(
    'is over when it ended in %s',
    async (code) => {
      const { connection, dialled } = createPlayed(code, 'up');
      expect(await codeOf(connection.acquire(quiet()))).toBe(code);
      connection.moveTo(anyAddress);
      connection.retryNow();
      await settled();
      expect(dialled).toHaveLength(1);
    },
  );

  it('by sleep is begun anew once the network had its moment, or is back', async () => {
    const { connection, dialled } = createPlayed('silent', 'silent', 'up');
    const acquired = codeOf(connection.acquirePersistently(quiet(), () => {}));
    await settled();
    connection.resumeAfter(8000);
    await settled();
    expect(dialled.map(({ signal }) => signal.aborted)).toEqual([true]);
    await vi.advanceTimersByTimeAsync(9000);
    expect(dialled).toHaveLength(2);
    connection.resumeAfter(8000);
    await settled();
    connection.retryNow();
    expect(await acquired).toBe('up');
    expect(dialled).toHaveLength(3);
  });
});
