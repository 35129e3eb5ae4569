/** Large buffers used again and again: made anew for every packet, they would keep the garbage collector busier than the line. */

const keptFree = 32;

export class BufferPool {
  private readonly free: Buffer[] = [];
  private readonly lent = new WeakSet<ArrayBufferLike>();
  private readonly size: number;

  /** @param size of each, in bytes */
  constructor(size: number) {
    this.size = size;
  }

  /** @returns so many bytes with anything in them; nobody has to give them back */
  take(length: number): Buffer {
    if (length > this.size) return Buffer.allocUnsafe(length);
    const buffer = this.free.pop() ?? Buffer.allocUnsafeSlow(this.size);
    this.lent.add(buffer.buffer);
    return buffer.subarray(0, length);
  }

  /** Whatever part of it: the whole is used for something else from now on. */
  give({ buffer }: Buffer): void {
    if (!this.lent.delete(buffer)) return;
    if (this.free.length < keptFree) this.free.push(Buffer.from(buffer));
  }
}
