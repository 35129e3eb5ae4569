/** Sees that the machine slept: a timer that should have fired seconds ago fires only now. */
import type { Clock } from '../../core/clock.ts';

const tickMs = 2000;
/** A busy event loop is late by less; a sleep is longer. */
const sleepMs = 10_000;

/** @returns how to stop watching */
export function watchSleep(clock: Clock, onResume: () => void): () => void {
  let last = clock.now();
  const timer = setInterval(() => {
    const now = clock.now();
    const late = now - last - tickMs;
    last = now;
    // A clock that was set back or forward by hand looks like a sleep; redialling then does no harm.
    if (Math.abs(late) > sleepMs) onResume();
  }, tickMs);
  timer.unref();
  return () => clearInterval(timer);
}
