/** Sends one file the page holds: read in slices ahead of what the other end grants, never more in memory than two of them. */
import type { ByteStream } from '../../preload/contract/byte-stream.ts';
import type { Failure } from '../../preload/contract/errors.ts';

/** Read at once: large enough that the disk is not asked too often, small enough to be paused soon. */
const sliceBytes = 1024 * 1024;

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

  // Both the size and a slice of a chosen file ask the disk.
  const { size } = file;
  const isSmall = from === 0 && size <= sliceBytes;
  const read = (at: number) => (isSmall ? file : file.slice(at, at + sliceBytes)).arrayBuffer();
  try {
    let next = read(from);
    for (let at = from; at < size && !isClosed; at += sliceBytes) {
      const bytes = new Uint8Array(await next);
      next = at + sliceBytes < size ? read(at + sliceBytes) : next;
      for (let sent = 0; sent < bytes.length && !isClosed; ) {
        const count = stream.send(bytes.subarray(sent));
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
  }
  const failure = await closed;
  return failure ? { kind: 'broken', failure } : { kind: 'sent' };
}
