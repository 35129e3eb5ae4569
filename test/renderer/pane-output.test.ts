/** A pane draws as fast as it can, unless another terminal has the keyboard: typing there goes first. */
import type { Terminal } from '@xterm/xterm';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPaneOutput } from '../../renderer/terminal/pane-output.ts';

const element = {};
const terminal = {
  element,
  write: (_data: unknown, written?: () => void) => written?.(),
} as unknown as Terminal;
const chunk = new Uint8Array(64 * 1024);

/** How many of eight chunks are taken within so many milliseconds. */
function takenWithin(ms: number, typedIn: unknown): number {
  vi.stubGlobal('document', { activeElement: { closest: () => typedIn } });
  const output = createPaneOutput(terminal, () => {});
  let taken = 0;
  for (let at = 1; at <= 8; at += 1) {
    output.write(chunk, false, at * chunk.length, () => {
      taken += 1;
    });
  }
  vi.advanceTimersByTime(ms);
  return taken;
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('takes everything at once where it has the keyboard, or no terminal has', () => {
  expect(takenWithin(0, element)).toBe(8);
  expect(takenWithin(0, null)).toBe(8);
});

it('takes a little at a time while another terminal has the keyboard, and all in the end', () => {
  expect(takenWithin(20, {})).toBe(1);
  expect(takenWithin(200, {})).toBe(8);
});
