/** What travels on a channel: JSON messages as text, and stream frames as bytes. */
import { CloudError, type Failure } from './errors.ts';

/** A JSON message (text) or an encoded stream frame (bytes). */
export type Frame = string | Uint8Array;

/** Two-way, ordered, message by message. A host is whatever hands the core one of these. */
export interface Channel {
  send(frame: Frame): void;
  onFrame(handler: (frame: Frame) => void): void;
  onClose(handler: () => void): void;
  close(reason: string): void;
}

/** What a page may say. A stream has the id of the call that opened it. */
export type PageMessage =
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly args: unknown }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'end'; readonly id: number };

/** What the core may say. */
export type CoreMessage =
  | { readonly type: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly failure: Failure }
  | { readonly type: 'end'; readonly id: number; readonly failure?: Failure }
  | { readonly type: 'event'; readonly name: string; readonly payload: unknown };

/** Bytes for a stream, and how many more bytes the other end may send on it. */
export interface StreamFrame {
  readonly id: number;
  readonly credit: number;
  readonly bytes: Uint8Array;
}

const headerLength = 8;

/** The largest frame a page may send, in bytes of UTF-8 or in bytes of a stream: a text of 2 MiB that was edited, as JSON. */
export const maxPageFrameBytes = 8 * 1024 * 1024;

/** A stream's bytes travel in pieces of at most this many. */
export const maxStreamPieceBytes = 64 * 1024;

/** Layout: id and credit as big-endian unsigned 32-bit numbers, then the bytes. */
export function encodeStreamFrame(frame: StreamFrame): Uint8Array {
  const encoded = new Uint8Array(headerLength + frame.bytes.length);
  const view = new DataView(encoded.buffer);
  view.setUint32(0, frame.id);
  view.setUint32(4, frame.credit);
  encoded.set(frame.bytes, headerLength);
  return encoded;
}

/** @throws CloudError invalid, when shorter than a header */
export function decodeStreamFrame(encoded: Uint8Array): StreamFrame {
  if (encoded.length < headerLength) {
    throw new CloudError('invalid', `stream frame of ${encoded.length} bytes`);
  }
  const view = new DataView(encoded.buffer, encoded.byteOffset, headerLength);
  return {
    id: view.getUint32(0),
    credit: view.getUint32(4),
    bytes: encoded.subarray(headerLength),
  };
}
