/** Sleep is told from a busy moment by the clock alone, forwards and backwards. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchSleep } from '../../main/platform/node/watch-sleep.ts';

let now = 0;
const clock = { now: () => now, monotonic: () => now };
let resumes = 0;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  now = Date.parse('2026-11-20T09:00:00Z');
  resumes = 0;
  stop = watchSleep(clock, () => {
    resumes += 1;
  });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

/** Time goes by for the timers; the wall clock shows `jumpMs` more at the end of it. */
function pass(seconds: number, jumpMs = 0): void {
  for (let second = 0; second < seconds; second += 1) {
    now += 1000 + (second === seconds - 1 ? jumpMs : 0);
    vi.advanceTimersByTime(1000);
  }
}

test('ordinary time is no sleep', () => {
  pass(600);
  expect(resumes).toBe(0);
});

test('an event loop that was busy for some seconds is no sleep', () => {
  pass(10, 6000);
  pass(10);
  expect(resumes).toBe(0);
});

test.each([
  ['a minute', 60_000],
  ['a night', 8 * 3_600_000],
  ['a clock set back by a day', -86_400_000],
])('%s is told once', (_name, jumpMs) => {
  pass(10, jumpMs);
  pass(60);
  expect(resumes).toBe(1);
});

test('after it is stopped nothing is told', () => {
  stop();
  pass(10, 3_600_000);
  expect(resumes).toBe(0);
});
