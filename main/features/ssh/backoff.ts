/** How long to wait before dialling again: full jitter, quick at first, then slow for ever. */

const firstMs = 1000;
const fastLimitMs = 30_000;
const slowMs = 60_000;
const fastAttempts = 8;

/**
 * @param attempt failed attempts so far, from 1
 * @param random 0 to 1
 * @returns milliseconds; never less than a quarter of the ceiling, so that a server is not hammered
 */
export function backoffMs(attempt: number, random: number): number {
  const ceiling =
    attempt > fastAttempts ? slowMs : Math.min(firstMs * 2 ** (attempt - 1), fastLimitMs);
  return Math.round(ceiling * (0.25 + 0.75 * random));
}
