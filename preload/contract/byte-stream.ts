/** One end of a byte stream with credit: it may send only what the other end has granted, and grants what it can take. */
import { CloudError, type Failure } from './errors.ts';
import { encodeStreamFrame, maxStreamPieceBytes } from './wire.ts';

const nothing = new Uint8Array(0);

export class ByteStream {
  /** Bytes the other end will still take. */
  credit = 0;
  /** Bytes the other end may still send. */
  private granted = 0;
  /** Bytes it may send as soon as it is told. */
  private toGrant = 0;
  private window = 0;
  private closed = false;
  private readonly id: number;
  private readonly sendFrame: (frame: Uint8Array) => void;
  private readonly sendEnd: (failure?: Failure) => void;
  private bytesHandler: (bytes: Uint8Array) => void = () => {};
  private creditHandler: () => void = () => {};
  private closeHandler: (failure?: Failure) => void = () => {};

  constructor(
    id: number,
    sendFrame: (frame: Uint8Array) => void,
    sendEnd: (failure?: Failure) => void,
  ) {
    this.id = id;
    this.sendFrame = sendFrame;
    this.sendEnd = sendEnd;
  }

  onBytes(handler: (bytes: Uint8Array) => void): void {
    this.bytesHandler = handler;
  }

  /** Called whenever more may be sent. */
  onCredit(handler: () => void): void {
    this.creditHandler = handler;
  }

  /** Called once, whichever end closed the stream. */
  onClose(handler: (failure?: Failure) => void): void {
    this.closeHandler = handler;
  }

  /** Sends as many of the bytes as there is credit for, in pieces; returns how many. */
  send(bytes: Uint8Array): number {
    if (this.closed) return 0;
    const total = Math.min(bytes.length, this.credit);
    for (let start = 0; start < total; start += maxStreamPieceBytes) {
      const piece = bytes.subarray(start, Math.min(start + maxStreamPieceBytes, total));
      this.sendFrame(encodeStreamFrame({ id: this.id, credit: 0, bytes: piece }));
    }
    this.credit -= total;
    return total;
  }

  /**
   * Lets the other end send that many more bytes. It is told once a quarter of the window has gathered:
   * many small grants would make many small frames, and those smaller ones still.
   */
  grant(bytes: number): void {
    if (this.closed || bytes <= 0) return;
    this.toGrant += bytes;
    this.window = Math.max(this.window, this.granted + this.toGrant);
    if (this.toGrant < this.window / 4) return;
    const credit = this.toGrant;
    this.toGrant = 0;
    this.granted += credit;
    this.sendFrame(encodeStreamFrame({ id: this.id, credit, bytes: nothing }));
  }

  /**
   * Takes a frame of the other end.
   * @throws CloudError invalid, when it brings more bytes than were granted
   */
  receive(credit: number, bytes: Uint8Array): void {
    if (this.closed) return;
    if (bytes.length > this.granted) {
      throw new CloudError('invalid', `${bytes.length} bytes with ${this.granted} granted`);
    }
    this.granted -= bytes.length;
    if (bytes.length > 0) this.bytesHandler(bytes);
    if (credit > 0) {
      this.credit += credit;
      this.creditHandler();
    }
  }

  /** Closes this end and tells the other. */
  end(failure?: Failure): void {
    if (this.closed) return;
    this.sendEnd(failure);
    this.close(failure);
  }

  /** The other end has closed, or the channel is gone. */
  close(failure?: Failure): void {
    if (this.closed) return;
    this.closed = true;
    this.closeHandler(failure);
  }
}
