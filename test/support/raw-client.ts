/** A TCP client that says bytes and keeps what it is told. */
import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawClient {
  say(bytes: Uint8Array | string): void;
  /** Resolves with everything heard, once it is that long. */
  hear(length: number): Promise<Buffer>;
  /** Resolves with everything heard, once the other end closes; a reset is one way to close. */
  rest(): Promise<Buffer>;
  leave(): void;
}

export async function rawClient(port: number, host = '127.0.0.1'): Promise<RawClient> {
  const socket = connect({ port, host });
  await once(socket, 'connect');
  let heard: Buffer = Buffer.alloc(0);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    heard = Buffer.concat([heard, chunk]);
  });
  return {
    say: (bytes) => void socket.write(bytes),
    async hear(length) {
      while (heard.length < length) {
        const isOver = await Promise.race([
          once(socket, 'data').then(() => false),
          closed.then(() => true),
        ]);
        if (isOver) throw new Error(`closed after ${heard.length} of ${length} bytes`);
      }
      return heard;
    },
    async rest() {
      await closed;
      return heard;
    },
    leave: () => socket.resetAndDestroy(),
  };
}
