/** The sandbox's process: started once, again after a crash, and never twice at a time. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSandboxAccount } from '../../main/features/sandbox-account.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

interface Process {
  readonly args: readonly string[];
  alive: boolean;
  /** Ends only some time after it was told to. */
  lingers: boolean;
  run(port: number): void;
  exit(): void;
}

function create() {
  const processes: Process[] = [];
  const account = createSandboxAccount(
    (_entry, args) => {
      let line: (text: string) => void = () => {};
      const exited: (() => void)[] = [];
      const process_: Process = {
        args,
        alive: true,
        lingers: false,
        run(port) {
          line(`Sandbox cloud: http://127.0.0.1:${port}`);
          line('Demo token: demo-token');
        },
        exit() {
          process_.alive = false;
          for (const handler of exited) handler();
        },
      };
      processes.push(process_);
      return {
        onLine: (handler) => {
          line = handler;
        },
        onComplaint: () => {},
        onExit: (handler) => exited.push(handler),
        stop: () => {
          if (!process_.lingers) process_.exit();
        },
      };
    },
    '/data',
    {},
    { info() {}, warn() {}, error() {} },
  );
  const outcome = () =>
    account.lend?.ready().then(
      () => 'ready',
      () => 'failed',
    );
  const living = () => processes.filter(({ alive }) => alive).length;
  const portOf = (index: number) => processes[index]?.args[1];
  return { account, processes, outcome, living, portOf };
}

test('is started once for all who ask', async () => {
  const { account, processes, outcome } = create();
  const asked = [outcome(), outcome()];
  processes[0]?.run(4000);
  expect(await Promise.all(asked)).toEqual(['ready', 'ready']);
  expect(account.lend?.readConfig()).toEqual({ baseUrl: 'http://127.0.0.1:4000/sdk/v1' });
  expect(processes).toHaveLength(1);
});

test('comes back at its port after a crash, and at any when that is taken', async () => {
  const { processes, outcome, living, portOf } = create();
  const first = outcome();
  processes[0]?.run(4000);
  await first;
  processes[0]?.exit();
  await vi.advanceTimersByTimeAsync(1000);
  expect([portOf(0), portOf(1), living()]).toEqual(['0', '4000', 1]);
  processes[1]?.exit();
  await vi.advanceTimersByTimeAsync(10_000);
  const third = outcome();
  expect([portOf(2), living()]).toEqual(['0', 1]);
  processes[2]?.run(5000);
  expect(await third).toBe('ready');
  await vi.advanceTimersByTimeAsync(60_000);
  expect([processes.length, living()]).toEqual([3, 1]);
});

test('that does not start in time is ended before another one is', async () => {
  const { processes, outcome, living } = create();
  const first = outcome();
  await vi.advanceTimersByTimeAsync(30_000);
  expect([await first, living()]).toEqual(['failed', 0]);
  const second = outcome();
  await vi.advanceTimersByTimeAsync(0);
  processes[1]?.run(4000);
  expect([await second, living()]).toEqual(['ready', 1]);
});

test('switched off and on while it starts leaves one', async () => {
  const { account, processes, outcome, living } = create();
  const first = outcome();
  account.close();
  const second = outcome();
  expect(await first).toBe('failed');
  processes[1]?.run(4000);
  expect(await second).toBe('ready');
  expect(await outcome()).toBe('ready');
  expect([processes.length, living()]).toEqual([2, 1]);
});

test('switched off and on again and again waits for the one that lingers, and starts one', async () => {
  const { account, processes, outcome, portOf } = create();
  const first = outcome();
  processes[0]?.run(4000);
  await first;
  Object.assign(processes[0] ?? {}, { lingers: true });
  account.close();
  const second = outcome();
  account.close();
  const third = outcome();
  await vi.advanceTimersByTimeAsync(5000);
  expect(processes).toHaveLength(1);
  processes[0]?.exit();
  expect(await second).toBe('failed');
  expect([processes.length, portOf(1)]).toEqual([2, '4000']);
  processes[1]?.run(4000);
  expect(await third).toBe('ready');
});

test('is not kept off for ever by one that does not end', async () => {
  const { account, processes, outcome, portOf } = create();
  const first = outcome();
  processes[0]?.run(4000);
  await first;
  Object.assign(processes[0] ?? {}, { lingers: true });
  account.close();
  const second = outcome();
  await vi.advanceTimersByTimeAsync(10_000);
  processes[1]?.run(5000);
  expect([await second, portOf(1)]).toEqual(['ready', '4000']);
});

test('that ends only after it was given up does not have two started in its place', async () => {
  const { processes, outcome, living } = create();
  const first = outcome();
  Object.assign(processes[0] ?? {}, { lingers: true });
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await first).toBe('failed');
  const second = outcome();
  processes[0]?.run(4000);
  processes[0]?.exit();
  const third = outcome();
  await vi.advanceTimersByTimeAsync(1000);
  expect(living()).toBe(1);
  processes[1]?.run(5000);
  expect(await Promise.all([second, third])).toEqual(['ready', 'ready']);
});
