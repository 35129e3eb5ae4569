/** Which file of an upload is to be sent next: small ones many at once, large ones a few. */
import { largeAtOnce } from './large-files.ts';

export class SendOrder {
  private readonly small: number[] = [];
  private readonly large: number[] = [];
  /** A page was told to send it, and has not begun. */
  private readonly handedOut = new Set<number>();
  private readonly largeUnderWay = new Set<number>();
  private readonly isLarge: (index: number) => boolean;

  constructor(isLarge: (index: number) => boolean) {
    this.isLarge = isLarge;
  }

  /** After all others. */
  add(index: number): void {
    this.lineOf(index).push(index);
  }

  /** @returns what a page is to be told to send; undefined: nothing for now */
  next(): number | undefined {
    const hasRoom = this.largeUnderWay.size < largeAtOnce;
    const index = this.small.shift() ?? (hasRoom ? this.large.shift() : undefined);
    if (index === undefined) return undefined;
    this.handedOut.add(index);
    if (this.isLarge(index)) this.largeUnderWay.add(index);
    return index;
  }

  /** A page sends it. @returns false when none was told to */
  begin(index: number): boolean {
    return this.handedOut.delete(index);
  }

  /** It is no longer being sent. */
  end(index: number): void {
    this.largeUnderWay.delete(index);
  }

  /** It is to be sent once more, before all others. */
  again(index: number): void {
    this.lineOf(index).unshift(index);
  }

  /** The page is gone: what it was told to send is told to the next one. */
  takeBack(): void {
    for (const index of this.handedOut) {
      this.end(index);
      this.again(index);
    }
    this.handedOut.clear();
  }

  private lineOf(index: number): number[] {
    return this.isLarge(index) ? this.large : this.small;
  }
}
