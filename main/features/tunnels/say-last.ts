/** The last word to a client: what it still says is not listened to, and one that does not leave is shown out. */
import type { Socket } from 'node:net';

const patienceMs = 5000;

export function sayLast(socket: Socket, words: string | Buffer): void {
  socket.end(words);
  socket.resume();
  socket.setTimeout(patienceMs, () => socket.destroy());
}
