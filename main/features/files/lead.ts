/** How far the fastest of many pieces may be ahead of the slowest: what a crash leaves of a file then has its gaps near its end. */

export class Lead {
  private readonly mostBytes: number;
  private readonly underWay = new Set<number>();
  private readonly waiting: (() => void)[] = [];
  private isOver = false;

  constructor(mostBytes: number) {
    this.mostBytes = mostBytes;
  }

  /** Resolves when a piece may begin where `next` says, or none is to begin any more. */
  async room(next: () => number): Promise<void> {
    while (!this.isOver && next() - Math.min(next(), ...this.underWay) >= this.mostBytes) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
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
