/** A line through a machine on the way: bounded, given up at once, and leaving nothing behind there. */
import { EventEmitter } from 'node:events';
import type ssh2 from 'ssh2';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Lease } from '../../main/features/ssh/lease.ts';
import { openHopLine } from '../../main/features/ssh/lines.ts';
import { CloudError } from '../../preload/contract/errors.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => vi.useRealTimers());

/** A hop that answers when the test says so. */
function create() {
  let answer: (error: Error | undefined, channel: unknown) => void = () => {};
  let released = 0;
  let lose = (_failure: CloudError) => {};
  const channel = Object.assign(new EventEmitter(), {
    closed: 0,
    pause() {},
    resume() {},
    end() {},
    close() {
      channel.closed += 1;
    },
  });
  const client = {
    forwardOut: (_from: string, _port: number, _host: string, _to: number, take: typeof answer) => {
      answer = take;
    },
  };
  const lease: Lease = {
    client: client as unknown as ssh2.Client,
    onLost(handler) {
      lose = handler;
    },
    release() {
      released += 1;
    },
  };
  const giveUp = new AbortController();
  const place = { host: 'box', port: 22, user: 'ada' };
  return {
    line: openHopLine(lease, 'ada@hop:22', place, giveUp.signal),
    giveUp,
    channel,
    answer: (error?: Error) => answer(error, channel),
    lose: (failure: CloudError) => lose(failure),
    released: () => released,
  };
}
const ruleOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'open',
    (error: CloudError) => error.rule?.id ?? error.code,
  );

it('is given up at once, and closed if it comes all the same', async () => {
  const { line, giveUp, answer, channel, released } = create();
  giveUp.abort();
  expect(await ruleOf(line)).toBe('cancelled');
  answer();
  expect([channel.closed, released()]).toEqual([1, 1]);
});

it('is waited for no longer than half a minute', async () => {
  const { line, released } = create();
  const over = ruleOf(line);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(released()).toBe(0);
  await vi.advanceTimersByTimeAsync(1100);
  expect([await over, released()]).toEqual(['hop-no-answer', 1]);
});

it.each([
  [1, 'hop-forwards-nothing'],
  [2, 'hop-cannot-reach'],
])('that is refused for reason %i is %s', async (reason, rule) => {
  const { line, answer, released } = create();
  answer(Object.assign(new Error('no'), { reason }));
  expect([await ruleOf(line), released()]).toEqual([rule, 1]);
});

it('ends with the hop, which is named, and lets go of the hop when it ends', async () => {
  const { line, answer, lose, channel, released } = create();
  answer();
  const { stream, endReason } = await line;
  expect([endReason(), released()]).toEqual([undefined, 0]);
  const closed = new Promise((resolve) => stream.once('close', resolve));
  lose(new CloudError('network', 'gone'));
  await closed;
  expect(endReason()).toMatchObject({ code: 'network', details: { hop: 'ada@hop:22' } });
  expect([channel.closed, released()]).toEqual([1, 1]);
});
