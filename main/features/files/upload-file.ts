/** One file from a page to an instance: written beside its place until it is whole, then put there. */
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import { statusOf } from './changes.ts';
import { permissionsOf, secondsOf } from './file-entry.ts';
import { join, nameOf, parentOf } from './file-paths.ts';
import type { Inbox } from './inbox.ts';
import { mostAheadBytes, type PartClaim, type PartNames, sureBytes } from './part-names.ts';
import { missing, RemoteWriter } from './remote-writer.ts';
import { replaceFile } from './replace-file.ts';
import type { Sftp } from './sftp.ts';
import { SftpRefusal } from './sftp-failure.ts';
import type { Attributes } from './sftp-packet.ts';
import { asSpaceFailure } from './space-failure.ts';
import type { Placement } from './upload-plan.ts';

/** So much of what is there already is compared before it is gone on with. */
export const tailBytes = 64 * 1024;
/** Bytes on their way from the page, and those each channel holds under way. */
const windowBytes = 1024 * 1024;
const channelBytes = 2 * 1024 * 1024;

export interface Flow {
  readonly signal: AbortSignal;
  /** Resolves when bytes may move. */
  whenMoving(): Promise<void>;
  /** Bytes that were written, or are no longer. */
  moved(bytes: number): void;
}

/** A file under way, kept over breaks of the line. */
export class UploadFile {
  readonly placement: Placement;
  private claim: PartClaim | undefined;
  private partPath = '';
  /** Where the bytes go until all are there. */
  private path: string;
  /** Left for the same place by an earlier try, and of no use: goes before anything is written. */
  private stale: readonly string[] = [];
  /** Everything before this byte is there. */
  private whole: number;
  private hasPart = false;
  private hasWritten = false;
  /** It is whole, and was to be given its name. */
  private isSettling = false;
  /** Bytes of it that were said to have moved. */
  private counted = 0;

  constructor(placement: Placement) {
    this.placement = placement;
    const { how, target, there } = placement;
    this.path = target;
    this.whole = how === 'resume' ? (there?.size ?? 0) : 0;
  }

  /** Before it is asked for the first time: finds what an earlier try left of it. */
  begin(partNames: PartNames, instance: string): void {
    if (this.claim) return;
    const { target, item, how, parts } = this.placement;
    const place = { instance, directory: parentOf(target), name: nameOf(target) };
    const claim = partNames.claim(place, [item.size, item.modifiedAt, how]);
    this.claim = claim;
    this.partPath = join(place.directory, claim.name);
    if (how === 'resume') return;
    this.path = this.partPath;
    const ours = parts.filter(({ name }) => claim.isOurs(name));
    const left = ours.find(({ name }) => name === claim.name);
    this.whole = sureBytes(left?.attributes.size ?? 0);
    this.hasPart = left !== undefined;
    this.hasWritten = this.hasPart;
    const others = ours.filter((part) => part !== left);
    this.stale = others.map(({ name }) => join(place.directory, name));
  }

  /** Another transfer may have its place. */
  letGo(): void {
    this.claim?.letGo();
  }

  get moved(): number {
    return this.counted;
  }

  /** Something of it may lie there. */
  get hasBegun(): boolean {
    return this.hasPart || this.stale.length > 0;
  }

  /** Where the page is to start. */
  get from(): number {
    return Math.max(this.whole - tailBytes, 0);
  }

  /**
   * Takes the file from what a page sends of it, from `from` on.
   * @returns false when the page stopped before the end
   * @throws CloudError; the file can be gone on with from `from`
   */
  async take(sftps: readonly Sftp[], inbox: Inbox, flow: Flow): Promise<boolean> {
    const { item } = this.placement;
    const [sftp = missing()] = sftps;
    const start = this.from;
    if (await this.isSettled(sftp, flow)) return true;
    this.count(this.whole, flow);
    await this.clearAway(sftp);
    this.hasPart = true;
    // What replaces a file that few may read is read by nobody else before it is there.
    const attributes = this.placement.how === 'overwrite' ? { mode: 0o600 } : {};
    const writer = await this.openWriter(sftps, attributes);
    inbox.open(windowBytes + writer.width * channelBytes);
    let isClosed = false;
    try {
      if (!(await this.isSameSoFar(writer, inbox, start, flow))) return false;
      const writes = await this.pass(inbox, writer, flow);
      if (!inbox.isWhole) {
        await Promise.allSettled(writes);
        if (flow.signal.aborted) throw new CloudError('cancelled', 'cancelled');
        return false;
      }
      await writer.finish({ modifiedAt: secondsOf(item.modifiedAt) }, writes);
      isClosed = true;
    } catch (error) {
      throw await asSpaceFailure(sftp, this.path, error);
    } finally {
      if (this.hasPart) {
        this.whole = Math.max(this.whole, writer.written);
        this.count(this.whole, flow);
      }
      if (!isClosed) void writer.abandon();
    }
    await this.settle(sftp);
    return true;
  }

  /**
   * Whether only the answer to its last step was lost with the line.
   * @throws CloudError conflict `file-changed-there`, when what was there of it is gone; the next try begins at 0
   */
  private async isSettled(sftp: Sftp, flow: Flow): Promise<boolean> {
    const { item, target } = this.placement;
    if (!this.isSettling && (!this.hasPart || this.whole === 0)) return false;
    if (await statusOf(sftp, this.path)) return false;
    const there = this.isSettling ? await statusOf(sftp, target) : undefined;
    if (there?.size === item.size && there.modifiedAt === secondsOf(item.modifiedAt)) return true;
    this.startAnew(flow);
    throw refusal('conflict', 'file-changed-there', { path: target });
  }

  /** What is of no use, or was begun before and nothing of it is known to be there. */
  private async clearAway(sftp: Sftp): Promise<void> {
    const useless = this.hasPart && this.whole === 0 ? [...this.stale, this.path] : this.stale;
    this.stale = [];
    await Promise.allSettled(useless.map((path) => sftp.remove(path)));
  }

  private async openWriter(sftps: readonly Sftp[], attributes: Attributes): Promise<RemoteWriter> {
    const { size } = this.placement.item;
    const open = () => RemoteWriter.open(sftps, this.path, this.whole, size, attributes);
    try {
      return await open();
    } catch (error) {
      const [sftp = missing()] = sftps;
      // An earlier try of ours, in a directory that shows nothing.
      const isLeft = this.whole === 0 && error instanceof SftpRefusal;
      if (!isLeft || !(await statusOf(sftp, this.path))) throw error;
      await sftp.remove(this.path);
      return open();
    }
  }

  /** From the page to the server, many writes at once. @returns those without an answer yet */
  private async pass(inbox: Inbox, writer: RemoteWriter, flow: Flow): Promise<Promise<void>[]> {
    const writes: Promise<void>[] = [];
    const mostWrites = Math.floor(mostAheadBytes / writer.pieceBytes);
    let failed: { readonly error: unknown } | undefined;
    for (;;) {
      const pieces = await inbox.next(writer.pieceBytes);
      if (failed) throw failed.error;
      if (!pieces) return writes;
      const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
      this.hasWritten = true;
      const write = writer.write(pieces).then(async () => {
        this.counted += length;
        flow.moved(length);
        await flow.whenMoving();
        inbox.taken(length);
      });
      write.catch((error) => {
        failed ??= { error };
        inbox.close();
      });
      writes.push(write);
      if (writes.length >= mostWrites) await Promise.all(writes.splice(0, mostWrites / 2));
    }
  }

  /** Removes what is not whole; a file that was gone on with is as long as before. */
  async discard(sftp: Sftp): Promise<void> {
    const { target, there } = this.placement;
    await Promise.allSettled(this.stale.map((path) => sftp.remove(path)));
    if (this.path === target) {
      if (!this.hasWritten) return;
      await sftp.setstat(this.path, { size: there?.size ?? 0 }).catch(() => {});
    } else if (this.hasPart) await sftp.remove(this.path).catch(() => {});
  }

  /** The page sends the tail of what is there again. @throws CloudError conflict `file-tail-differs`; `file-changed-there`, and the next try begins at 0 */
  private async isSameSoFar(
    writer: RemoteWriter,
    inbox: Inbox,
    start: number,
    flow: Flow,
  ): Promise<boolean> {
    if (this.whole === 0) return true;
    const length = this.whole - start;
    const [size, there] = await Promise.all([writer.size(), writer.read(start, length)]);
    const ours = await inbox.next(length);
    if (!ours) return false;
    inbox.taken(length);
    // What was written before may lie beyond a gap; a file that was not touched yet has grown.
    const hasItsSize = this.hasWritten ? size >= this.whole : size === this.whole;
    if (hasItsSize && there.equals(Buffer.concat(ours))) return true;
    const { target } = this.placement;
    // Somebody's own file, which is not the beginning of ours: it is not touched.
    if (this.path === target) throw refusal('conflict', 'file-tail-differs', { path: target });
    this.startAnew(flow);
    throw refusal('conflict', 'file-changed-there', { path: target });
  }

  /** What lies there is not the beginning of ours. */
  private startAnew(flow: Flow): void {
    this.whole = 0;
    this.isSettling = false;
    this.count(0, flow);
    this.path = this.partPath;
    this.stale = [this.partPath];
    this.hasPart = false;
  }

  private count(bytes: number, flow: Flow): void {
    flow.moved(bytes - this.counted);
    this.counted = bytes;
  }

  private async settle(sftp: Sftp): Promise<void> {
    const { target, how, there } = this.placement;
    if (this.path === target) return;
    this.isSettling = true;
    if (how === 'new') {
      await sftp.rename(this.path, target);
      return;
    }
    // A link stays one: the file it leads to is replaced.
    const real = await sftp.realPath(target);
    if (there) await inherit(sftp, this.path, there);
    await replaceFile(sftp, this.path, real);
  }
}

/** As far as the server lets us: the owner first, as changing that takes special bits away. */
async function inherit(sftp: Sftp, path: string, there: Attributes): Promise<void> {
  const { userId, groupId } = there;
  const owned = userId === undefined || groupId === undefined ? [] : [{ userId, groupId }];
  const wanted = [...owned, { mode: permissionsOf(there) }];
  await Promise.allSettled(wanted.map((attributes) => sftp.setstat(path, attributes)));
}
