/** A channel that is asked for at a server that answers late, oddly or with no. */
import { EventEmitter } from 'node:events';
import type ssh2 from 'ssh2';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openChannel } from '../../main/features/tunnels/open-channel.ts';
import type { CloudError } from '../../preload/contract/errors.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => vi.useRealTimers());

/** A server that answers when the test says so. */
function ask() {
  let answer: (error?: Error, channel?: unknown) => void = () => {};
  const client = {
    forwardOut: (_from: string, _port: number, _host: string, _to: number, take: typeof answer) => {
      answer = take;
    },
  };
  const opening = openChannel(client as unknown as ssh2.Client, 'box', 8888);
  const outcome = opening.then(
    () => 'open',
    (error: CloudError) => error.rule?.id,
  );
  return { outcome, answer };
}

function createEnd() {
  const channel = Object.assign(new EventEmitter(), {
    closed: 0,
    resume() {},
    close() {
      channel.closed += 1;
    },
  });
  return channel;
}

it('one that comes after nobody waits any more is closed: left open it would be nobody’s', async () => {
  const { outcome, answer } = ask();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await outcome).toBe('tunnel-no-answer');
  const channel = createEnd();
  answer(undefined, channel);
  expect(channel.closed).toBe(1);
});

it('one that comes in time is left open', async () => {
  const { outcome, answer } = ask();
  const channel = createEnd();
  answer(undefined, channel);
  expect([await outcome, channel.closed]).toEqual(['open', 0]);
});

it.each([
  [1, 'no', 'tunnel-not-permitted'],
  ['ADMINISTRATIVELY_PROHIBITED', 'open failed', 'tunnel-not-permitted'],
  [2, 'Connection refused', 'tunnel-nothing-listens'],
  ['CONNECT_FAILED', 'No route to host', 'tunnel-host-unreachable'],
  [2, 'Name or service not known', 'tunnel-host-unknown'],
  [4, 'too many', 'ssh-channel-refused'],
  [undefined, 'closed', 'ssh-connection-closed'],
])('refused for %j with “%s” it is %s', async (reason, words, rule) => {
  const { outcome, answer } = ask();
  answer(Object.assign(new Error(words), { reason }));
  expect(await outcome).toBe(rule);
});
