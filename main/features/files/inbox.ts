/** What a page has sent of a file and nobody has taken yet. */
import type { ByteStream } from '../../../preload/contract/byte-stream.ts';

/** The page sends so much at once, before it is known how fast the rest can go. */
const firstBytes = 1024 * 1024;

export class Inbox {
  private readonly pieces: Uint8Array[] = [];
  private held = 0;
  private missing: number;
  private readonly expected: number;
  private isClosed = false;
  private wake: () => void = () => {};
  private readonly stream: ByteStream;

  /** To be made at once: a page may be gone before anybody looks. */
  constructor(stream: ByteStream, expected: number) {
    this.stream = stream;
    this.missing = expected;
    stream.onBytes((bytes) => {
      this.pieces.push(bytes);
      this.held += bytes.length;
      this.missing -= bytes.length;
      this.wake();
    });
    stream.onClose(() => this.close());
    this.expected = expected;
    stream.grant(Math.min(expected, firstBytes));
  }

  /** Lets the page be so many bytes ahead, all in all. */
  open(windowBytes: number): void {
    this.stream.grant(Math.min(this.expected, windowBytes) - Math.min(this.expected, firstBytes));
  }

  get isWhole(): boolean {
    return this.missing <= 0 && this.held === 0;
  }

  close(): void {
    this.isClosed = true;
    this.wake();
  }

  /** Exactly so many bytes, or the last ones, as they came. @returns undefined when no more come */
  async next(length: number): Promise<readonly Uint8Array[] | undefined> {
    while (this.held < length && this.missing > 0) {
      if (this.isClosed) return undefined;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    if (this.held === 0) return undefined;
    const chosen: Uint8Array[] = [];
    let wanted = Math.min(length, this.held);
    this.held -= wanted;
    while (wanted > 0) {
      const first = this.pieces.shift();
      if (!first) break;
      if (first.length > wanted) this.pieces.unshift(first.subarray(wanted));
      chosen.push(first.subarray(0, wanted));
      wanted -= Math.min(first.length, wanted);
    }
    return chosen;
  }

  taken(bytes: number): void {
    this.stream.grant(bytes);
  }
}
