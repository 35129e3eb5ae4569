/** Time as an argument, so that tests can own it. */

export interface Clock {
  /** Wall-clock time in milliseconds since 1970, UTC; may jump. */
  now(): number;
  /** Milliseconds since some moment; never jumps back. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/** ISO 8601 in UTC, the only form of time that crosses the channel. */
export function isoNow(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
