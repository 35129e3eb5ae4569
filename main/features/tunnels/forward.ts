/** Joins one accepted socket with one channel of the SSH connection, with back-pressure both ways. */
import type { Socket } from 'node:net';
import type { Duplex, Readable } from 'node:stream';

/** A channel, or what is spoken over one. */
export interface FarEnd extends Duplex {
  readonly stderr?: Readable;
  close(): void;
}

/** Looks at what a client sends; takes the socket over by returning true. */
export type Intercept = (chunk: Buffer, socket: Socket) => boolean;

/** What a slow socket may be behind before its channel waits; several packets, or every single one would stop and start it. */
export const aheadBytes = 256 * 1024;

/** Until both ends are closed. Either end's half-close is passed on. */
export function join(socket: Socket, channel: FarEnd, intercept: Intercept = () => false): void {
  let taken = false;
  socket.on('data', (chunk: Buffer) => {
    if (taken) return;
    if (intercept(chunk, socket)) {
      taken = true;
      channel.removeAllListeners('data');
      channel.resume();
      channel.close();
      return;
    }
    if (!channel.write(chunk)) socket.pause();
  });
  channel.on('drain', () => socket.resume());
  socket.on('end', () => {
    if (!taken) channel.end();
  });
  socket.on('close', () => {
    const inPeace = socket.readableEnded && socket.writableFinished;
    // The far end may still be reading what it was sent before both took leave.
    if (inPeace && !channel.writableFinished) channel.once('finish', () => channel.close());
    else channel.close();
  });

  // It said its last word while it waited.
  if (socket.readableEnded) channel.end();

  channel.on('data', (chunk: Buffer) => {
    if (!socket.write(chunk)) channel.pause();
  });
  socket.on('drain', () => channel.resume());
  channel.stderr?.resume();
  channel.on('error', () => socket.destroy());
  channel.on('end', () => {
    if (!taken) socket.end();
  });
  channel.on('close', () => {
    if (!taken) socket.destroySoon();
  });
  socket.resume();
}
