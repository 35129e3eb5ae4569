/** Receives one file of a download: granted as fast as it is written, and taken up again where the line broke. */
import type { ByteStream } from '../../preload/contract/byte-stream.ts';
import { CloudError, type Failure } from '../../preload/contract/errors.ts';

/** Bytes that may be on their way or waiting to be written. */
const windowBytes = 2 * 1024 * 1024;
const againAfterMs = 400;

export interface ReceivedFile {
  /** Opens the file's stream from a byte on. */
  open(from: number): {
    readonly stream: ByteStream;
    readonly opened: Promise<{ readonly size: number }>;
  };
  /** Whether the transfer is still to be gone on with. */
  isWanted(): boolean;
  /** Writes bytes in order; resolves when there is room for more. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Forgets what was written: the file is another one by now. */
  restart(): Promise<void>;
}

/**
 * Resolves when every byte is written.
 * @throws CloudError when the other end refuses the file for good, or the transfer is over; else what `write` threw
 */
export async function receiveFile(file: ReceivedFile): Promise<void> {
  let received = 0;
  for (;;) {
    const { stream, opened } = file.open(received);
    const outcome = await drain(stream, opened, file, (count) => {
      received += count;
    });
    if (outcome.kind === 'whole') return;
    if (outcome.failure.code === 'conflict' && received > 0 && file.isWanted()) {
      await file.restart();
      received = 0;
      continue;
    }
    if (!outcome.failure.retryable || !file.isWanted()) throw CloudError.from(outcome.failure);
    await new Promise((resolve) => setTimeout(resolve, againAfterMs));
  }
}

type Drained = { readonly kind: 'whole' } | { readonly kind: 'broken'; readonly failure: Failure };

async function drain(
  stream: ByteStream,
  opened: Promise<unknown>,
  file: ReceivedFile,
  written: (count: number) => void,
): Promise<Drained> {
  let writing = Promise.resolve();
  let isStopped = false;
  stream.onBytes((bytes) => {
    // What arrives is a view on a frame that the channel may use again.
    const own = bytes.slice();
    writing = writing.then(async () => {
      if (isStopped) return;
      await file.write(own);
      written(own.length);
      stream.grant(own.length);
    });
    writing.catch(() => {
      isStopped = true;
      stream.end();
    });
  });
  const closed = new Promise<Failure | undefined>((resolve) => stream.onClose(resolve));
  try {
    await opened;
  } catch (error) {
    if (error instanceof CloudError) return { kind: 'broken', failure: error.toFailure() };
    throw error;
  }
  stream.grant(windowBytes);
  const failure = await closed;
  await writing;
  return failure ? { kind: 'broken', failure } : { kind: 'whole' };
}
