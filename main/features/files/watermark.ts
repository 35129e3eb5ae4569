/** Pieces of a file that end in any order: up to where they are all there. */

export class Watermark {
  /** Everything before this byte is there. */
  whole: number;
  private readonly ends = new Map<number, number>();

  constructor(from: number) {
    this.whole = from;
  }

  add(offset: number, length: number): void {
    this.ends.set(offset, offset + length);
    for (let end = this.ends.get(this.whole); end !== undefined; end = this.ends.get(this.whole)) {
      this.ends.delete(this.whole);
      this.whole = end;
    }
  }
}
