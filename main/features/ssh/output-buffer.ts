/** A session's output: kept for pages that attach late, sent on as fast as the slowest attached page takes it. */
import type { ByteStream } from '../../../preload/contract/byte-stream.ts';

/** The newest bytes are kept for whoever attaches later. */
const keptBytes = 2 * 1024 * 1024;
/** Kept in pages, so that a day of single lines is as quick to find one's way in as one large chunk. */
const pageBytes = 64 * 1024;
/** With this much not yet taken by an attached page the source is paused, and resumed at half. */
const highWaterBytes = 64 * 1024;

interface Attachment {
  readonly stream: ByteStream;
  /** The next byte to send, counted since the session's first. */
  next: number;
}

export class OutputBuffer {
  /** All of them full but the last. */
  private readonly pages: Uint8Array[] = [];
  private start = 0;
  private end = 0;
  private readonly attachments = new Set<Attachment>();
  private paused = false;
  private readonly pauseSource: (paused: boolean) => void;

  constructor(pauseSource: (paused: boolean) => void) {
    this.pauseSource = pauseSource;
  }

  /** Whether the source is to wait. */
  get isPaused(): boolean {
    return this.paused;
  }

  /** Bytes there have been since the session began. */
  get length(): number {
    return this.end;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.keep(bytes);
    for (const attachment of this.attachments) this.pump(attachment);
    this.dropOld();
    this.regulate();
  }

  /**
   * Sends everything from byte `from` on, and what follows, as the stream's credit allows.
   * @param from -1 = all that is kept
   * @returns where the output really starts
   */
  attach(stream: ByteStream, from: number): number {
    const next = from < this.start || from > this.end ? this.start : from;
    const attachment: Attachment = { stream, next };
    this.attachments.add(attachment);
    stream.onCredit(() => {
      this.pump(attachment);
      this.dropOld();
      this.regulate();
    });
    // Answered before the first byte follows.
    setImmediate(() => this.pump(attachment));
    return next;
  }

  detach(stream: ByteStream): void {
    for (const attachment of this.attachments) {
      if (attachment.stream === stream) this.attachments.delete(attachment);
    }
    this.dropOld();
    this.regulate();
  }

  closeAll(): void {
    for (const { stream } of [...this.attachments]) stream.end();
    this.attachments.clear();
  }

  private keep(bytes: Uint8Array): void {
    for (let taken = 0; taken < bytes.length; ) {
      const offset = (this.end - this.start) % pageBytes;
      if (offset === 0) this.pages.push(new Uint8Array(pageBytes));
      const piece = bytes.subarray(taken, taken + pageBytes - offset);
      this.pages.at(-1)?.set(piece, offset);
      this.end += piece.length;
      taken += piece.length;
    }
  }

  private pump(attachment: Attachment): void {
    while (attachment.next < this.end && attachment.stream.credit > 0) {
      const position = attachment.next - this.start;
      const offset = position % pageBytes;
      const page = this.pages[Math.floor(position / pageBytes)];
      const last = Math.min(pageBytes, offset + this.end - attachment.next);
      const sent = page ? attachment.stream.send(page.subarray(offset, last)) : 0;
      if (sent === 0) return;
      attachment.next += sent;
    }
  }

  /** Whole pages older than what is kept go, but none that an attachment still waits for. */
  private dropOld(): void {
    let oldestNeeded = this.end - keptBytes;
    for (const { next } of this.attachments) oldestNeeded = Math.min(oldestNeeded, next);
    const dropped = Math.floor((oldestNeeded - this.start) / pageBytes);
    if (dropped <= 0) return;
    this.pages.splice(0, dropped);
    this.start += dropped * pageBytes;
  }

  private regulate(): void {
    let pending = 0;
    for (const { next } of this.attachments) pending = Math.max(pending, this.end - next);
    const limit = this.paused ? highWaterBytes / 2 : highWaterBytes;
    const pause = pending > limit;
    if (pause === this.paused) return;
    this.paused = pause;
    this.pauseSource(pause);
  }
}
