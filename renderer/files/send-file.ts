/** Sends one file the page holds, as fast as the other end grants: the browser reads a little ahead, and no more. */
import type { ByteStream } from '../../preload/contract/byte-stream.ts';
import type { Failure } from '../../preload/contract/errors.ts';

export type SendOutcome =
  | { readonly kind: 'sent' }
  /** The page can no longer read the file. */
  | { readonly kind: 'unreadable' }
  /** The other end closed the stream before it had everything. */
  | { readonly kind: 'broken'; readonly failure: Failure | undefined };

/** @param from the first byte to be sent */
export async function sendFile(
  stream: ByteStream,
  opened: Promise<unknown>,
  file: Blob,
  from: number,
): Promise<SendOutcome> {
  let isClosed = false;
  let credited = () => {};
  stream.onCredit(() => credited());
  const closed = new Promise<Failure | undefined>((resolve) => {
    stream.onClose((failure) => {
      isClosed = true;
      resolve(failure);
      credited();
    });
  });
  try {
    await opened;
  } catch {
    // The stream was closed with the same failure.
    return { kind: 'broken', failure: await closed };
  }

  const pieces = readFrom(file, from);
  try {
    for (;;) {
      const { done, value } = await pieces.read();
      if (done || isClosed) break;
      for (let sent = 0; sent < value.length && !isClosed; ) {
        const count = stream.send(value.subarray(sent));
        sent += count;
        if (count > 0) continue;
        await new Promise<void>((resolve) => {
          credited = resolve;
          if (isClosed || stream.credit > 0) resolve();
        });
      }
    }
  } catch {
    // Moved, changed or gone since it was chosen.
    stream.end();
    return { kind: 'unreadable' };
  } finally {
    // The browser reads ahead no further; a reader that failed has ended already.
    pieces.cancel().catch(() => {});
  }
  const failure = await closed;
  return failure ? { kind: 'broken', failure } : { kind: 'sent' };
}

/** A slice of a chosen file asks the disk once more, so it is made only where the beginning is there already. */
function readFrom(file: Blob, from: number): ReadableStreamDefaultReader<Uint8Array> {
  return (from === 0 ? file : file.slice(from)).stream().getReader();
}
