/** How fast bytes move, smoothed so that it can be read, and how long the rest will take. */

/** Older bytes count less: after this long, a third of what they did. */
const memoryMs = 5000;

export class Speed {
  bytesPerSecond = 0;
  private lastMs: number;
  private lastBytes = 0;
  /** How long bytes have been moving. */
  private elapsedMs = 0;

  constructor(nowMs: number) {
    this.lastMs = nowMs;
  }

  /** @param bytes moved since the start */
  look(bytes: number, nowMs: number): void {
    const passedMs = nowMs - this.lastMs;
    if (passedMs <= 0) return;
    // What started anew counts back: that is no speed.
    const now = (Math.max(bytes - this.lastBytes, 0) * 1000) / passedMs;
    this.elapsedMs += passedMs;
    // At first simply what it was so far: nothing older weighs on it.
    const weight = Math.max(1 - Math.exp(-passedMs / memoryMs), passedMs / this.elapsedMs);
    this.bytesPerSecond += (now - this.bytesPerSecond) * weight;
    this.lastMs = nowMs;
    this.lastBytes = bytes;
  }

  /** Nothing moves: the time that passes is nobody's. */
  rest(bytes: number, nowMs: number): void {
    this.bytesPerSecond = 0;
    this.elapsedMs = 0;
    this.lastMs = nowMs;
    this.lastBytes = bytes;
  }

  secondsFor(bytes: number): number | undefined {
    return this.bytesPerSecond > 0 ? Math.ceil(bytes / this.bytesPerSecond) : undefined;
  }
}
