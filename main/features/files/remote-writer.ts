/** Writes one file over several channels at once, each with its own handle; knows up to where it is whole. */
import { type Handle, opening, type Sftp } from './sftp.ts';
import { SftpRefusal } from './sftp-failure.ts';
import type { Attributes } from './sftp-packet.ts';
import { Watermark } from './watermark.ts';

/** Below this another channel costs more than it brings. */
const worthAChannelBytes = 4 * 1024 * 1024;

interface Lane {
  readonly sftp: Sftp;
  readonly handle: Handle;
  outstanding: number;
}

export class RemoteWriter {
  private readonly watermark: Watermark;
  private readonly lanes: Lane[];
  private next: number;

  private constructor(lanes: Lane[], from: number) {
    this.lanes = lanes;
    this.watermark = new Watermark(from);
    this.next = from;
  }

  /**
   * @param from where writing goes on; 0 makes a new file, which must not be there
   * @param size of the whole file, so that small ones use one channel
   * @param attributes of a new file
   */
  static async open(
    sftps: readonly Sftp[],
    path: string,
    from: number,
    size: number,
    attributes: Attributes = {},
  ): Promise<RemoteWriter> {
    const wanted = Math.min(sftps.length, 1 + Math.floor((size - from) / worthAChannelBytes));
    const [first = missing(), ...others] = leastBusy(sftps).slice(0, wanted);
    const enter = async (sftp: Sftp, flags: number) => ({
      sftp,
      handle: await sftp.open(path, flags, attributes),
      outstanding: 0,
    });
    const lanes = [await enter(first, from === 0 ? opening.creating : opening.changing)];
    const further = others.map((sftp) => enter(sftp, opening.changing));
    for (const lane of await Promise.allSettled(further)) {
      // Where one does not open, it is one channel less.
      if (lane.status === 'fulfilled') lanes.push(lane.value);
    }
    return new RemoteWriter(lanes, from);
  }

  /** Everything before this byte is written. */
  get written(): number {
    return this.watermark.whole;
  }

  /** How many channels it goes over. */
  get width(): number {
    return this.lanes.length;
  }

  /** The size of one request. */
  get pieceBytes(): number {
    return Math.min(...this.lanes.map(({ sftp }) => sftp.writeBytes));
  }

  /** The next bytes of the file. Resolves when they are written; they may be before those in front of them. */
  async write(pieces: readonly Uint8Array[]): Promise<void> {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const offset = this.next;
    this.next += length;
    const lane = this.lanes.reduce((best, other) =>
      other.outstanding < best.outstanding ? other : best,
    );
    lane.outstanding += length;
    await lane.sftp.write(lane.handle, offset, pieces);
    lane.outstanding -= length;
    this.watermark.add(offset, length);
  }

  async read(offset: number, length: number): Promise<Buffer> {
    const [lane = missing()] = this.lanes;
    const pieces: Buffer[] = [];
    for (let at = 0; at < length; ) {
      const piece = await lane.sftp.read(lane.handle, offset + at, length - at);
      if (!piece) break;
      pieces.push(piece);
      at += piece.length;
    }
    return Buffer.concat(pieces);
  }

  async size(): Promise<number> {
    const [lane = missing()] = this.lanes;
    return (await lane.sftp.fstat(lane.handle)).size ?? 0;
  }

  /** Closes it with its attributes; all writes must have been asked for. */
  async finish(attributes: Attributes, writes: readonly Promise<void>[]): Promise<void> {
    // One channel keeps the order of what it is asked: nothing has to be waited for in between.
    if (this.lanes.length > 1) await Promise.all(writes);
    const [first = missing(), ...others] = this.lanes;
    await Promise.all([
      ...writes,
      first.sftp.fsetstat(first.handle, attributes).catch(unlessRefused),
      first.sftp.close(first.handle),
      ...others.map(({ sftp, handle }) => sftp.close(handle)),
    ]);
  }

  /** Leaves what is written as it is. */
  async abandon(): Promise<void> {
    await Promise.allSettled(this.lanes.map(({ sftp, handle }) => sftp.close(handle)));
  }
}

/** Content is whole without its time, which not every server sets. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof SftpRefusal)) throw error;
}

/** The channel with the fewest requests first. */
export const leastBusy = (sftps: readonly Sftp[]): Sftp[] =>
  [...sftps].sort((one, other) => one.channel.outstanding - other.channel.outstanding);

export function missing(): never {
  throw new Error('no channel');
}
