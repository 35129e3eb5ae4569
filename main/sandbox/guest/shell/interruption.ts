/** Ctrl-C inside a worker: raised once, seen by everything that waits or loops, until the next prompt. */

export class InterruptedError extends Error {
  constructor() {
    super('interrupted');
    this.name = 'InterruptedError';
  }
}

/** How long a loop may run before messages are looked at. */
const yieldEveryMs = 25;

export class Interruption {
  #controller = new AbortController();
  #lastYield = performance.now();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get raised(): boolean {
    return this.#controller.signal.aborted;
  }

  raise(): void {
    this.#controller.abort();
  }

  reset(): void {
    if (this.raised) this.#controller = new AbortController();
  }

  /** Lets messages in from time to time, so that a busy loop can be ended. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#lastYield < yieldEveryMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#lastYield = performance.now();
  }
}

/** @throws InterruptedError when one of the signals is raised */
export function pause(ms: number, signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener('abort', end);
      if (signals.some(({ aborted }) => aborted)) reject(new InterruptedError());
      else resolve();
    };
    const timer = setTimeout(end, Math.min(ms, 2 ** 31 - 1));
    for (const signal of signals) signal.addEventListener('abort', end);
    if (signals.some(({ aborted }) => aborted)) end();
  });
}
