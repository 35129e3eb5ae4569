/** Cuts a stream of bytes into packets, each with its length in front. */
import type { BufferPool } from './buffer-pool.ts';
import { MalformedPacket } from './sftp-packet.ts';

/** OpenSSH sends at most 256 KiB; no honest answer is longer than this. */
const maxPacketBytes = 1024 * 1024;
/** Smaller ones cost nothing, and are kept longer. */
const pooledBytes = 16 * 1024;

export class PacketSplitter {
  private readonly header = Buffer.alloc(4);
  private headerBytes = 0;
  private length = 0;
  private packet: Buffer | undefined;
  private packetBytes = 0;
  private readonly onPacket: (packet: Buffer) => void;

  private readonly pool: BufferPool;

  constructor(pool: BufferPool, onPacket: (packet: Buffer) => void) {
    this.pool = pool;
    this.onPacket = onPacket;
  }

  /** @throws MalformedPacket */
  push(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) {
      if (!this.packet) {
        if (this.headerBytes < 4) {
          this.header[this.headerBytes] = bytes[at] ?? 0;
          this.headerBytes += 1;
          at += 1;
          if (this.headerBytes === 4) this.length = lengthIn(this.header);
          continue;
        }
        const { length } = this;
        if (bytes.length - at >= length) {
          this.headerBytes = 0;
          this.onPacket(bytes.subarray(at, at + length));
          at += length;
          continue;
        }
        this.packet = length < pooledBytes ? Buffer.allocUnsafe(length) : this.pool.take(length);
        this.packetBytes = 0;
      }
      const copied = bytes.copy(this.packet, this.packetBytes, at);
      this.packetBytes += copied;
      at += copied;
      if (this.packetBytes < this.packet.length) continue;
      const { packet } = this;
      this.packet = undefined;
      this.headerBytes = 0;
      this.onPacket(packet);
    }
  }
}

function lengthIn(header: Buffer): number {
  const length = header.readUInt32BE();
  if (length === 0 || length > maxPacketBytes) {
    throw new MalformedPacket(`a packet of ${length} bytes`);
  }
  return length;
}
