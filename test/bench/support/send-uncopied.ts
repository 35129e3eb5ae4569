/** The core's side of an upload alone: a page whose bytes are there at once, as if its own process had read and sent them. */

import type { Handlers } from '../../../main/core/router.ts';
import { ByteStream } from '../../../preload/contract/byte-stream.ts';
import { decodeStreamFrame, maxStreamPieceBytes } from '../../../preload/contract/wire.ts';
import type { HeldFile } from '../../support/held-files.ts';

/** @param loops how many files at once */
export async function sendUncopied(
  handlers: Handlers,
  transfer: string,
  held: readonly HeldFile[],
  loops: number,
): Promise<void> {
  const { signal } = new AbortController();
  const loop = async () => {
    for (;;) {
      const wish = await handlers['files.nextToSend']({ transfer }, signal);
      if (wish.kind === 'end') return;
      const { index, from } = wish;
      const bytes = held[index]?.bytes ?? Buffer.alloc(0);
      await new Promise<void>((resolve) => {
        const stream = feed(bytes.subarray(from), resolve);
        void handlers['files.sendFile']({ transfer, index, from }, stream, signal);
      });
    }
  };
  await Promise.all(Array.from({ length: loops }, loop));
}

function feed(bytes: Buffer, onEnd: () => void): ByteStream {
  let at = 0;
  let allowed = 0;
  const push = () => {
    const end = Math.min(at + allowed, bytes.length);
    while (at < end) {
      const piece = bytes.subarray(at, Math.min(at + maxStreamPieceBytes, end));
      at += piece.length;
      allowed -= piece.length;
      stream.receive(0, piece);
    }
  };
  const stream: ByteStream = new ByteStream(
    1,
    (frame) => {
      allowed += decodeStreamFrame(frame).credit;
      setImmediate(push);
    },
    onEnd,
  );
  return stream;
}
