/** A page that holds files to upload, and takes files that are downloaded, as the real page does. */
import type { ByteStream } from '../../preload/contract/byte-stream.ts';
import type { Transfer } from '../../preload/contract/files.ts';
import type { Client } from '../../renderer/client/client.ts';

export interface HeldFile {
  readonly path: string;
  /** Absent: a directory. */
  readonly bytes?: Buffer;
  readonly modifiedAt?: string;
}

const anyTime = '2026-01-02T03:04:05.000Z';
const creditBytes = 8 * 1024 * 1024;

export function announced(held: readonly HeldFile[]) {
  return held.map(({ path, bytes, modifiedAt = anyTime }) => ({
    path,
    modifiedAt,
    kind: bytes ? ('file' as const) : ('directory' as const),
    size: bytes?.length ?? 0,
  }));
}

/** Sends what it is asked for until there is no more; @param loops how many files at once */
export async function serveUpload(
  client: Client,
  transfer: string,
  held: readonly HeldFile[],
  { loops = 8, signal = undefined as AbortSignal | undefined } = {},
): Promise<void> {
  const loop = async () => {
    for (;;) {
      const wish = await client.call('files.nextToSend', { transfer }, signal);
      if (wish.kind === 'end') return;
      const bytes = held[wish.index]?.bytes ?? Buffer.alloc(0);
      const { stream, opened } = client.stream('files.sendFile', { transfer, ...pick(wish) });
      opened.catch(() => {});
      await pump(stream, bytes.subarray(wish.from));
    }
  };
  await Promise.all(Array.from({ length: loops }, loop));
}

const pick = ({ index, from }: { readonly index: number; readonly from: number }) => ({
  index,
  from,
});

/** Resolves when the core has closed the stream, whatever the reason. */
function pump(stream: ByteStream, bytes: Buffer): Promise<void> {
  let at = 0;
  const push = () => {
    at += stream.send(bytes.subarray(at));
  };
  return new Promise((resolve) => {
    stream.onCredit(push);
    stream.onClose(() => resolve());
  });
}

/** Asks for one file until it is whole, from where it is after each break. */
export async function receiveFile(
  client: Client,
  transfer: string,
  index: number,
): Promise<{ readonly bytes: Buffer; readonly tries: number }> {
  let pieces: Buffer[] = [];
  for (let tries = 1; ; tries += 1) {
    const from = pieces.reduce((sum, { length }) => sum + length, 0);
    const { stream, opened } = client.stream('files.receiveFile', { transfer, index, from });
    const closed = new Promise<string>((resolve) => {
      stream.onClose((failure) => resolve(failure ? (failure.rule?.id ?? failure.code) : 'whole'));
    });
    stream.onBytes((bytes) => {
      pieces.push(Buffer.from(bytes));
      stream.grant(bytes.length);
    });
    stream.grant(creditBytes);
    const refused = await opened.then(
      () => undefined,
      (error) => error.rule?.id ?? error.code,
    );
    const outcome = refused ?? (await closed);
    if (outcome === 'whole') return { bytes: Buffer.concat(pieces), tries };
    if (outcome === 'file-changed-meanwhile') pieces = [];
    else if (tries > 20) throw new Error(`not received: ${outcome}`);
  }
}

/** Resolves with the transfer once it is as wished. */
export function transferWhen(
  client: Client,
  id: string,
  isWished: (transfer: Transfer) => boolean,
): Promise<Transfer> {
  return new Promise((resolve, reject) => {
    const look = (transfers: readonly Transfer[]) => {
      const found = transfers.find((transfer) => transfer.id === id && isWished(transfer));
      if (!found) return;
      stop();
      resolve(found);
    };
    const stop = client.on('files.transfersChanged', ({ changed }) => look(changed));
    client.call('files.transfers', {}).then(({ items }) => look(items), reject);
  });
}

export const isEnded = ({ state }: Transfer): boolean =>
  state === 'done' || state === 'failed' || state === 'cancelled';
