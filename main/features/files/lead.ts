/** How far the fastest of many pieces may be ahead of the slowest: what a crash leaves of a file then has its gaps near its end. */

export class Lead {
  private readonly mostBytes: number;
  private readonly underWay = new Set<number>();
  private readonly waiting: (() => void)[] = [];
  private isOver = false;

  constructor(mostBytes: number) {
    this.mostBytes = mostBytes;
  }

  /** Whether a piece may begin at once, or none is to begin any more: asked and begun with nothing in between, for many wait. */
  hasRoom(from: number, length: number): boolean {
    return this.isOver || from + length - Math.min(from, ...this.underWay) <= this.mostBytes;
  }

  /** Resolves when there may be room again. */
  change(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  begin(offset: number): void {
    this.underWay.add(offset);
  }

  end(offset: number): void {
    this.underWay.delete(offset);
    this.wake();
  }

  /** A piece failed: nobody has to wait for it. */
  over(): void {
    this.isOver = true;
    this.wake();
  }

  private wake(): void {
    for (const go of this.waiting.splice(0)) go();
  }
}
