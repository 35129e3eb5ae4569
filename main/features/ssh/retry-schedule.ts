/** When a host is dialled again: full jitter, quick at first, then slow for ever; never without a network, nor right after sleep. */
import { backoffMs } from './backoff.ts';

export interface RetrySchedule {
  /** An attempt failed in a way that time can mend: the next one is put off. */
  failed(): void;
  succeeded(): void;
  /** Milliseconds since 1970; undefined while nothing is due, or the network is waited for. */
  nextAttemptAtMs(): number | undefined;
  /** Whether a wait is going on that somebody takes part in. */
  isWaiting(): boolean;
  /** Resolves when the next attempt is due: one moment for all who wait. */
  due(): Promise<void>;
  /** Whether nobody should dial now who is not asked to by a person. */
  isHeld(): boolean;
  /** The machine woke up: the network needs a moment. */
  hold(forMs: number): void;
  /** The network came back, or a person wants it: now, and quickly again if it fails. */
  wake(): void;
}

const lookAgainMs = 10_000;

/** @param isOnline whether the host can be thought to be in reach at all */
export function createRetrySchedule(
  isOnline: () => boolean = () => true,
  random: () => number = Math.random,
): RetrySchedule {
  /** Of the clock that never jumps: the other one is often put right just after sleep. */
  const nowMs = () => performance.now();
  let failures = 0;
  let heldUntilMs = 0;
  let dueAtMs: number | undefined;
  let waiting: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;
  let timer: NodeJS.Timeout | undefined;

  const isHeld = () => !isOnline() || nowMs() < heldUntilMs;
  const release = () => {
    clearTimeout(timer);
    dueAtMs = undefined;
    const { resolve } = waiting ?? {};
    waiting = undefined;
    resolve?.();
  };
  /** The return of a network wakes all; one that was gone for a blink may return without a word. */
  const wind = (atMs: number) => {
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        if (isOnline()) release();
        else wind(nowMs() + lookAgainMs);
      },
      Math.max(atMs - nowMs(), 0),
    );
  };

  return {
    failed() {
      failures += 1;
      if (waiting) return;
      dueAtMs = Math.max(nowMs() + backoffMs(failures, random()), heldUntilMs);
    },
    succeeded() {
      failures = 0;
      release();
    },
    nextAttemptAtMs: () =>
      dueAtMs !== undefined && isOnline() ? Date.now() + Math.round(dueAtMs - nowMs()) : undefined,
    isWaiting: () => waiting !== undefined,
    due() {
      if (!waiting) {
        const { promise, resolve } = withResolvers();
        waiting = { promise, resolve };
        dueAtMs ??= Math.max(nowMs(), heldUntilMs);
        wind(dueAtMs);
      }
      return waiting.promise;
    },
    isHeld,
    hold(forMs) {
      failures = 0;
      heldUntilMs = nowMs() + forMs;
      if (!waiting) return;
      dueAtMs = heldUntilMs;
      wind(dueAtMs);
    },
    wake() {
      if (!isOnline()) return;
      failures = 0;
      heldUntilMs = 0;
      release();
    },
  };
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
