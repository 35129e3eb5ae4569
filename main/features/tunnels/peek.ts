/** Hearing a client's first words without taking them from whoever serves it. */
import type { Socket } from 'node:net';

/** @returns what came first, still to be read; undefined when nothing did before the signal, or the end */
export function peek(socket: Socket, signal: AbortSignal): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const finish = (chunk?: Buffer) => {
      socket.off('data', finish).off('end', none).off('close', none);
      signal.removeEventListener('abort', none);
      socket.pause();
      if (chunk) socket.unshift(chunk);
      resolve(chunk);
    };
    const none = () => finish();
    if (signal.aborted || socket.destroyed || socket.readableEnded) {
      resolve(undefined);
      return;
    }
    socket.on('data', finish).on('end', none).on('close', none);
    signal.addEventListener('abort', none);
    socket.resume();
  });
}
