/** One shared connection: who dials, who waits, who is told, and when nobody may dial again. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backoffMs } from '../../main/features/ssh/backoff.ts';
import { type ErrorCode, refusal } from '../../preload/contract/errors.ts';
import { codeOf, createPlayed, quiet, request } from '../support/played-connection.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => vi.useRealTimers());

describe('dialling', () => {
  it('is done once for all who ask at the same time, and later', async () => {
    const { connection, dialled } = createPlayed();
    await Promise.all([connection.acquire(request()), connection.acquire(quiet())]);
    await connection.acquire(request());
    expect(dialled).toHaveLength(1);
    expect(connection.isUp).toBe(true);
  });

  it.each<ErrorCode>(['unauthenticated', 'forbidden', 'cancelled', 'unsupported'])(
    'after %s waits for a person, whoever asks without one',
    async (code) => {
      const { connection, dialled } = createPlayed(code, code, 'up');
      expect(await codeOf(connection.acquire(quiet()))).toBe(code);
      for (let round = 0; round < 5; round += 1) {
        expect(await codeOf(connection.acquire(quiet()))).toBe(code);
      }
      expect(dialled).toHaveLength(1);
      expect(await codeOf(connection.acquire(request()))).toBe(code);
      expect(await codeOf(connection.acquire(quiet()))).toBe(code);
      expect(dialled).toHaveLength(2);
      expect(await codeOf(connection.acquire(request()))).toBe('up');
      connection.drop();
      expect(await codeOf(connection.acquire(quiet()))).toBe('up');
    },
  );

  it.each<ErrorCode>(['network', 'timeout'])('after %s may be tried by anybody', async (code) => {
    const { connection, dialled } = createPlayed(code, 'up');
    expect(await codeOf(connection.acquire(quiet()))).toBe(code);
    expect(await codeOf(connection.acquire(quiet()))).toBe('up');
    expect(dialled).toHaveLength(2);
  });

  it('by somebody who gave up does not take others along', async () => {
    const { connection, dialled } = createPlayed('never', 'up');
    const leaving = new AbortController();
    const left = codeOf(connection.acquire(request({ signal: leaving.signal })));
    const stayed = codeOf(connection.acquire(request()));
    leaving.abort();
    expect([await left, await stayed]).toEqual(['cancelled', 'up']);
    expect(dialled).toHaveLength(2);
  });

  it('that a person called off is not begun again by those who waited for it', async () => {
    const { connection, dialled } = createPlayed('cancelled', 'up');
    const all = [request(), request(), quiet()].map((one) => codeOf(connection.acquire(one)));
    expect(await Promise.all(all)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(dialled).toHaveLength(1);
  });

  it('by somebody who could not ask does not stand for a person who can', async () => {
    const { connection, dialled } = createPlayed('unauthenticated', 'up');
    const both = [codeOf(connection.acquire(quiet())), codeOf(connection.acquire(request()))];
    expect(await Promise.all(both)).toEqual(['unauthenticated', 'up']);
    expect(dialled.map(({ interactive }) => interactive)).toEqual([false, true]);
  });
});

describe('dialling persistently', () => {
  it('goes on through failures that pass, tells each, and waits in between', async () => {
    const { connection, dialled } = createPlayed('network', 'timeout', 'network', 'up');
    const told: string[] = [];
    const acquired = connection.acquirePersistently(quiet(), ({ code }) => told.push(code));
    await vi.advanceTimersByTimeAsync(0);
    expect(dialled).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await codeOf(acquired)).toBe('up');
    expect(told).toEqual(['network', 'timeout', 'network']);
  });

  it.each<ErrorCode>(['unauthenticated', 'forbidden', 'cancelled'])('stops at %s', async (code) => {
    const { connection, dialled } = createPlayed('network', code, 'up');
    const acquired = codeOf(connection.acquirePersistently(quiet(), () => {}));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(await acquired).toBe(code);
    expect(dialled).toHaveLength(2);
  });

  it('is one attempt for all who wait, and at once when the network is back', async () => {
    const { connection, dialled } = createPlayed('network', 'network', 'up');
    const first = connection.acquirePersistently(quiet(), () => {});
    const second = connection.acquirePersistently(quiet(), () => {});
    await vi.advanceTimersByTimeAsync(0);
    const before = dialled.length;
    expect(before).toBe(1);
    connection.retryNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(dialled).toHaveLength(2);
    connection.retryNow();
    await Promise.all([first, second]);
    expect(dialled).toHaveLength(3);
  });

  it('is given up at once', async () => {
    const { connection, dialled } = createPlayed('network', 'up');
    const leaving = new AbortController();
    const left = codeOf(
      connection.acquirePersistently(quiet({ signal: leaving.signal }), () => {}),
    );
    await vi.advanceTimersByTimeAsync(0);
    leaving.abort();
    expect(await left).toBe('cancelled');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(dialled).toHaveLength(1);
  });
});

describe('another network', () => {
  it('ends at once what goes out from an address this machine has no longer, and nothing else', async () => {
    const { connection } = createPlayed();
    const told: (string | undefined)[] = [];
    const lease = await connection.acquire(request());
    lease.onLost(({ code, rule }) => told.push(code, rule?.id));
    connection.moveTo((address) => address === '192.0.2.7');
    expect([connection.isUp, told]).toEqual([true, []]);
    connection.moveTo(() => false);
    expect([connection.isUp, told]).toEqual([false, ['network', 'ssh-address-gone']]);
  });
});

describe('a session on a connection that turns out to be gone', () => {
  /** The first so many connections are lost while a session is being opened on them. */
  const losing = async (count: number, asked = request()) => {
    const { connection, clients, dialled } = createPlayed();
    (await connection.acquire(request())).release();
    const opened = connection.openSession(asked, async () => {
      const client = clients.at(-1);
      if (clients.length > count) return 'shell';
      client?.destroy();
      throw refusal('network', 'ssh-connection-closed');
    });
    return { outcome: await codeOf(opened), dialled: dialled.length };
  };

  it('is opened on a new one', async () => {
    expect(await losing(1)).toEqual({ outcome: 'up', dialled: 2 });
  });

  it('is given up where the new one goes as well', async () => {
    expect(await losing(9)).toEqual({ outcome: 'network', dialled: 2 });
  });

  it('is not worth a new one to who only looks in', async () => {
    const asked = request({ keepsOpen: false });
    expect(await losing(1, asked)).toEqual({ outcome: 'network', dialled: 1 });
  });
});

describe('a connection that is up', () => {
  it('tells its end once, with the reason, to those who hold it and nobody else', async () => {
    const { connection, clients } = createPlayed();
    const told: string[] = [];
    const holding = await connection.acquire(request());
    holding.onLost(({ rule }) => told.push(`holding ${rule?.id}`));
    const released = await connection.acquire(request());
    released.onLost(({ rule }) => told.push(`released ${rule?.id}`));
    released.release();
    clients[0]?.emit('error', new Error('the-reason'));
    clients[0]?.emit('close');
    clients[0]?.emit('close');
    expect(told).toEqual(['holding the-reason']);
    expect(connection.isUp).toBe(false);
  });

  it('is closed a minute after its last user, whoever only looks in', async () => {
    const { connection } = createPlayed();
    const lease = await connection.acquire(request());
    const other = await connection.acquire(request());
    lease.release();
    lease.release();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(connection.isUp).toBe(true);
    other.release();
    await vi.advanceTimersByTimeAsync(30_000);
    const looking = await connection.acquire(quiet({ keepsOpen: false }));
    looking.release();
    await vi.advanceTimersByTimeAsync(29_000);
    expect(connection.isUp).toBe(true);
    await vi.advanceTimersByTimeAsync(2000);
    expect(connection.isUp).toBe(false);
  });

  it('is closed too when somebody dialled only to look in', async () => {
    const { connection } = createPlayed();
    for (let round = 0; round < 12; round += 1) {
      (await connection.acquire(quiet({ keepsOpen: false }))).release();
      await vi.advanceTimersByTimeAsync(5000);
    }
    await vi.advanceTimersByTimeAsync(1000);
    expect(connection.isUp).toBe(false);
  });

  it('is not lent any more once it was said farewell to, though the server takes its time', async () => {
    const { connection, dialled, clients } = createPlayed();
    (await connection.acquire(request())).release();
    const [first] = clients;
    if (first) first.end = () => {};
    await vi.advanceTimersByTimeAsync(61_000);
    const lease = await connection.acquire(request());
    expect(dialled).toHaveLength(2);
    expect(lease.client).not.toBe(first);
    let isClosed = false;
    first?.once('close', () => {
      isClosed = true;
    });
    await vi.advanceTimersByTimeAsync(5000);
    expect([isClosed, connection.isUp]).toEqual([true, true]);
  });

  it('stays for a user who comes within that minute', async () => {
    const { connection, dialled } = createPlayed();
    (await connection.acquire(request())).release();
    await vi.advanceTimersByTimeAsync(59_000);
    await connection.acquire(request());
    await vi.advanceTimersByTimeAsync(600_000);
    expect([connection.isUp, dialled.length]).toEqual([true, 1]);
  });
});

describe('the wait before the next attempt', () => {
  it.each([
    [1, 250, 1000],
    [2, 500, 2000],
    [4, 2000, 8000],
    [8, 7500, 30_000],
    [9, 15_000, 60_000],
    [1000, 15_000, 60_000],
  ])('after %i failures is between %i and %i milliseconds', (attempt, least, most) => {
    expect([backoffMs(attempt, 0), backoffMs(attempt, 1)]).toEqual([least, most]);
  });
});
