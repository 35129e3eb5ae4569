/** Lets pieces of a file pass in their order, whatever the order they come in. */

export class Turns {
  private next: number;
  private isOver = false;
  private readonly waiting = new Map<number, () => void>();

  constructor(from: number) {
    this.next = from;
  }

  /** Resolves when everything before the offset has passed; false when that will never be. */
  async wait(offset: number): Promise<boolean> {
    if (offset !== this.next && !this.isOver) {
      await new Promise<void>((resolve) => this.waiting.set(offset, resolve));
    }
    return !this.isOver;
  }

  passed(end: number): void {
    this.next = end;
    this.waiting.get(end)?.();
    this.waiting.delete(end);
  }

  /** A piece failed: nobody behind it gets a turn. */
  over(): void {
    this.isOver = true;
    for (const wake of this.waiting.values()) wake();
    this.waiting.clear();
  }
}
