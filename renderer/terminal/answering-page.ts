/** Whether this page is the one of several on one core that answers what programs ask of their terminal or of the clipboard. */
import type { Client } from '../client/client.ts';

const lookedAt = Uint8Array.of(1);
/** Bytes the core may say ahead. */
const creditBytes = 64;

/** @returns whether it is this page: the one looked at last or, when that goes, another */
export function createAnsweringPage(client: Client): () => boolean {
  let isOurs = false;
  let say: (bytes: Uint8Array) => void = () => {};
  client.onConnected(() => {
    const { stream, opened } = client.stream('terminals.answer', {
      isLookedAt: document.hasFocus(),
    });
    // A lost channel is told of elsewhere, and this runs again.
    opened.catch(() => {});
    stream.onBytes((bytes) => {
      isOurs = bytes.at(-1) === 1;
      stream.grant(bytes.length);
    });
    stream.grant(creditBytes);
    say = (bytes) => void stream.send(bytes);
  });
  window.addEventListener('focus', () => {
    if (!isOurs) say(lookedAt);
  });
  return () => isOurs;
}
