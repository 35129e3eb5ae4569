/** Reads one file over several channels at once, many requests under way on each. */
import { refusal } from '../../../preload/contract/errors.ts';
import { Lead } from './lead.ts';
import { mostAheadBytes } from './part-names.ts';
import { leastBusy, missing } from './remote-writer.ts';
import { opening, type Sftp } from './sftp.ts';
import type { Attributes } from './sftp-packet.ts';
import { Turns } from './turns.ts';

/** Under way on one channel: a little more than the channel itself lets pass, so that it never runs dry. */
const aheadBytes = 2.5 * 1024 * 1024;
/** Below this another channel costs more than it brings. */
const worthAChannelBytes = 4 * 1024 * 1024;

export interface Span {
  readonly path: string;
  readonly from: number;
  /** The byte after the last. */
  readonly to: number;
  /** Pieces are told in their order. */
  readonly inOrder: boolean;
}

/** Told of every piece, whose bytes are others afterwards; reading goes no further ahead than it keeps up. */
export type TakePiece = (bytes: Buffer, offset: number) => Promise<void>;

export interface Pace {
  readonly signal: AbortSignal;
  /** Resolves when bytes may move. */
  whenMoving(): Promise<void>;
}

/**
 * @returns what the file is when its last bytes are read
 * @throws CloudError conflict `file-changed-meanwhile` when the file ends before the span does
 */
export async function readSpan(
  sftps: readonly Sftp[],
  span: Span,
  pace: Pace,
  take: TakePiece,
): Promise<Attributes> {
  const { path, from, to } = span;
  const [first = missing(), ...others] = leastBusy(sftps);
  if (to - from <= first.readBytes) {
    const { bytes, attributes } = await readAtOnce(first, span);
    if (bytes.length === to - from) {
      if (bytes.length > 0) await take(bytes, from);
      first.channel.recycle(bytes);
      return attributes;
    }
  }
  const further = Math.floor((to - from) / worthAChannelBytes);
  const lead = new Lead(mostAheadBytes);
  const turns = span.inOrder ? new Turns(from) : undefined;
  let next = from;
  const stop = () => {
    next = to;
    lead.over();
    turns?.over();
  };
  let look: Promise<Attributes> | undefined;
  const lane = async (sftp: Sftp) => {
    const handle = await sftp.open(path, opening.reading);
    const worker = async () => {
      while (next < to) {
        await pace.whenMoving();
        while (!lead.hasRoom(next, sftp.readBytes)) await lead.change();
        const offset = next;
        const length = Math.min(sftp.readBytes, to - offset);
        if (length <= 0) return;
        next += length;
        lead.begin(offset);
        if (next === to) {
          // Asked with the last bytes: after them it would cost a large file another round trip.
          look = first.stat(path);
          look.catch(() => {});
        }
        const pieces = await readPieces(sftp, handle, offset, length, path);
        if (turns && !(await turns.wait(offset))) return;
        let at = offset;
        for (const piece of pieces) {
          await take(piece, at);
          at += piece.length;
          sftp.channel.recycle(piece);
        }
        turns?.passed(at);
        lead.end(offset);
      }
    };
    try {
      const workers = Math.max(2, Math.ceil(aheadBytes / sftp.readBytes));
      await allOrFirstFailure(Array.from({ length: workers }, worker), stop);
    } finally {
      sftp.close(handle).catch(() => {});
    }
  };
  await allOrFirstFailure([first, ...others.slice(0, further)].map(lane), stop);
  return look ?? first.stat(path);
}

/** Two round trips for a small file: opened, then read, looked at and closed together. */
async function readAtOnce(
  sftp: Sftp,
  { path, from, to }: Span,
): Promise<{ readonly bytes: Buffer; readonly attributes: Attributes }> {
  const handle = await sftp.open(path, opening.reading);
  const read = to > from ? sftp.read(handle, from, to - from) : undefined;
  const look = sftp.fstat(handle);
  sftp.close(handle).catch(() => {});
  const [bytes = Buffer.alloc(0), attributes] = await Promise.all([read, look]);
  return { bytes, attributes };
}

/** A server may answer with fewer bytes than it was asked for. */
async function readPieces(
  sftp: Sftp,
  handle: Buffer,
  offset: number,
  length: number,
  path: string,
): Promise<readonly Buffer[]> {
  const pieces: Buffer[] = [];
  for (let at = 0; at < length; ) {
    const bytes = await sftp.read(handle, offset + at, length - at);
    if (!bytes) throw refusal('conflict', 'file-changed-meanwhile', { path });
    pieces.push(bytes);
    at += bytes.length;
  }
  return pieces;
}

/** All of them end before the first failure is thrown, so that nothing moves afterwards. */
async function allOrFirstFailure(
  works: readonly Promise<void>[],
  onFailure: () => void,
): Promise<void> {
  let failed: { readonly error: unknown } | undefined;
  await Promise.all(
    works.map((work) =>
      work.catch((error) => {
        failed ??= { error };
        onFailure();
      }),
    ),
  );
  if (failed) throw failed.error;
}
