/** A session's output: kept for pages that attach late, sent on as fast as the slowest attached page takes it. */
import type { ByteStream } from '../../../preload/contract/byte-stream.ts';

/** The newest bytes are kept for whoever attaches later. */
const keptBytes = 2 * 1024 * 1024;
/** With this much not yet taken by an attached page the source is paused, and resumed at half. */
const highWaterBytes = 512 * 1024;

interface Attachment {
  readonly stream: ByteStream;
  /** The next byte to send, counted since the session's first. */
  next: number;
}

export class OutputBuffer {
  private readonly chunks: Uint8Array[] = [];
  private start = 0;
  private end = 0;
  private readonly attachments = new Set<Attachment>();
  private paused = false;
  private readonly pauseSource: (paused: boolean) => void;

  constructor(pauseSource: (paused: boolean) => void) {
    this.pauseSource = pauseSource;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.chunks.push(bytes);
    this.end += bytes.length;
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

  private pump(attachment: Attachment): void {
    let position = this.start;
    for (const chunk of this.chunks) {
      const offset = attachment.next - position;
      position += chunk.length;
      if (offset >= chunk.length) continue;
      if (attachment.stream.credit === 0) return;
      const wanted = chunk.length - offset;
      const sent = attachment.stream.send(chunk.subarray(offset));
      attachment.next += sent;
      if (sent < wanted) return;
    }
  }

  /** Whole chunks older than what is kept go, but never one an attached page still waits for. */
  private dropOld(): void {
    let oldestNeeded = this.end - keptBytes;
    for (const { next } of this.attachments) oldestNeeded = Math.min(oldestNeeded, next);
    let dropped = 0;
    for (const chunk of this.chunks) {
      if (this.start + chunk.length > oldestNeeded) break;
      this.start += chunk.length;
      dropped += 1;
    }
    if (dropped > 0) this.chunks.splice(0, dropped);
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
