/** Whether a page still serves a transfer: one that asks nothing any more is gone, and the transfer waits for it. */
import type { Transfer } from './transfer.ts';

/** Between two questions a page needs a moment, and one in the background is given little time. */
const goneAfterMs = 5000;
const lookEveryMs = 1000;

export class PageWatch {
  private asks = 0;
  private lastMs = performance.now();
  private looking: NodeJS.Timeout | undefined;
  private readonly transfer: Transfer;
  private readonly onGone: () => void;

  constructor(transfer: Transfer, onGone: () => void) {
    this.transfer = transfer;
    this.onGone = onGone;
  }

  start(): void {
    this.stop();
    this.lastMs = performance.now();
    this.looking = setInterval(() => this.look(), lookEveryMs).unref();
  }

  stop(): void {
    clearInterval(this.looking);
  }

  get isGone(): boolean {
    return this.asks === 0 && performance.now() - this.lastMs > goneAfterMs;
  }

  /** A question of the page, open until it is answered or the page is gone. */
  async asking<Value>(signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
    let isOpen = true;
    const end = () => {
      if (!isOpen) return;
      isOpen = false;
      this.asks -= 1;
      this.lastMs = performance.now();
      // Its channel closed: nobody has to wait to know.
      if (signal.aborted) this.lastMs -= goneAfterMs;
    };
    this.asks += 1;
    this.transfer.set('stalled', false);
    signal.addEventListener('abort', end);
    try {
      return await work();
    } finally {
      signal.removeEventListener('abort', end);
      end();
    }
  }

  private look(): void {
    if (this.transfer.isEnded) this.stop();
    else if (this.isGone) {
      const { state } = this.transfer;
      if (state === 'running' || state === 'queued') {
        this.transfer.set('stalled', true);
        this.onGone();
      }
    }
  }
}
