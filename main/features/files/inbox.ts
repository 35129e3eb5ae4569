/** What a page has sent of a file and nobody has taken yet. */
import type { ByteStream } from '../../../preload/contract/byte-stream.ts';

/** Bytes that may be under way: enough for a fast line that is long. */
const windowBytes = 16 * 1024 * 1024;

export class Inbox {
  private readonly pieces: Uint8Array[] = [];
  private held = 0;
  private missing: number;
  private isClosed = false;
  private wake: () => void = () => {};
  private readonly stream: ByteStream;

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
    stream.grant(Math.min(expected, windowBytes));
  }

  get isWhole(): boolean {
    return this.missing <= 0 && this.held === 0;
  }

  close(): void {
    this.isClosed = true;
    this.wake();
  }

  /** Exactly so many bytes, or the last ones. @returns undefined when no more come */
  async next(length: number): Promise<Buffer | undefined> {
    while (this.held < length && this.missing > 0) {
      if (this.isClosed) return undefined;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    if (this.held === 0) return undefined;
    const chosen: Uint8Array[] = [];
    let wanted = Math.min(length, this.held);
    const chosenBytes = wanted;
    while (wanted > 0) {
      const first = this.pieces.shift();
      if (!first) break;
      if (first.length > wanted) this.pieces.unshift(first.subarray(wanted));
      chosen.push(first.subarray(0, wanted));
      wanted -= Math.min(first.length, wanted);
    }
    this.held -= chosenBytes;
    return chosen.length === 1 && chosen[0]
      ? Buffer.from(chosen[0].buffer, chosen[0].byteOffset, chosen[0].length)
      : Buffer.concat(chosen);
  }

  taken(bytes: number): void {
    this.stream.grant(bytes);
  }
}
