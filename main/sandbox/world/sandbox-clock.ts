/** The sandbox's own time: it may run faster than ours, goes on while the process is away, and never goes back. */

/** At the wall's `wallMs` it was `sandboxMs` here, and went `rate` times as fast. */
export interface ClockAnchor {
  readonly wallMs: number;
  readonly sandboxMs: number;
  readonly rate: number;
}

export interface SandboxClock {
  now(): number;
  /** What to store so that a later start can catch up. */
  anchor(): ClockAnchor;
  /** How long to wait, in real milliseconds, until that moment. */
  realMsUntil(moment: number): number;
  setRate(rate: number): void;
  /** Jumps ahead. */
  advance(byMs: number): void;
}

export interface WallClock {
  now(): number;
}

export function createSandboxClock(
  wall: WallClock,
  rate: number,
  stored?: ClockAnchor,
): SandboxClock {
  const startMs = wall.now();
  let anchor: ClockAnchor = stored
    ? { wallMs: startMs, sandboxMs: at(stored, startMs), rate }
    : { wallMs: startMs, sandboxMs: startMs, rate };
  let latest = anchor.sandboxMs;
  const now = () => {
    latest = Math.max(latest, at(anchor, wall.now()));
    return latest;
  };
  const reset = (sandboxMs: number, newRate: number) => {
    anchor = { wallMs: wall.now(), sandboxMs, rate: newRate };
  };
  return {
    now,
    anchor: () => ({ wallMs: wall.now(), sandboxMs: now(), rate: anchor.rate }),
    realMsUntil: (moment) => Math.max(0, Math.ceil((moment - now()) / anchor.rate)),
    setRate: (newRate) => reset(now(), newRate),
    advance: (byMs) => reset(now() + byMs, anchor.rate),
  };
}

/** A wall clock that was set back makes time stand still here, not run backwards. */
function at(anchor: ClockAnchor, wallMs: number): number {
  const passed = Math.max(0, wallMs - anchor.wallMs);
  return Math.floor(anchor.sandboxMs + passed * anchor.rate);
}
