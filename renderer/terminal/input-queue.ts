/** Typed and pasted bytes on their way to a session: sent as far as there is credit, kept in order until then. */

export interface InputQueue {
  /** Bytes that still wait. */
  readonly waiting: number;
  put(bytes: Uint8Array): void;
  /** Sends what it can through a function that takes some of the bytes and says how many. */
  drain(send: (bytes: Uint8Array) => number): void;
  clear(): void;
}

export function createInputQueue(): InputQueue {
  let pieces: Uint8Array[] = [];
  let waiting = 0;
  return {
    get waiting() {
      return waiting;
    },
    put(bytes) {
      if (bytes.length === 0) return;
      pieces.push(bytes);
      waiting += bytes.length;
    },
    drain(send) {
      let piece = pieces[0];
      while (piece) {
        const sent = send(piece);
        waiting -= sent;
        if (sent < piece.length) {
          pieces[0] = piece.subarray(sent);
          return;
        }
        pieces.shift();
        piece = pieces[0];
      }
    },
    clear() {
      pieces = [];
      waiting = 0;
    },
  };
}
