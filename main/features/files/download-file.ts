/** One file from an instance to this machine, kept over breaks of the line. */
import { unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { refusal } from '../../../preload/contract/errors.ts';
import type { DownloadItem } from './download-plan.ts';
import { LocalPart } from './local-part.ts';
import { type PartClaim, type PartNames, sureBytes } from './part-names.ts';
import { readSpan } from './remote-reader.ts';
import { missing } from './remote-writer.ts';
import type { Sftp } from './sftp.ts';
import type { Attributes } from './sftp-packet.ts';
import { type Flow, tailBytes } from './upload-file.ts';
import { Watermark } from './watermark.ts';

/** What grows all the time, such as a log, is followed so often; then it is what it was at the last look. */
const mostGrowths = 3;

export interface LocalPlace {
  readonly item: DownloadItem;
  readonly target: string;
  readonly how: 'new' | 'overwrite' | 'resume';
  /** The size of what is there, when it is gone on with. */
  readonly size?: number;
  /** Parts that lie in the same directory, whosever they are. */
  readonly parts: readonly string[];
}

export class DownloadFile {
  readonly place: LocalPlace;
  private readonly partNames: PartNames;
  private claim: PartClaim | undefined;
  private part: LocalPart | undefined;
  private watermark: Watermark;
  /** What the bytes so far came from. */
  private source: { readonly size: number; readonly modifiedAt: number };
  private counted = 0;
  private hasWritten = false;

  constructor(place: LocalPlace, partNames: PartNames) {
    this.place = place;
    this.partNames = partNames;
    const { size, modifiedAt } = place.item;
    this.source = { size, modifiedAt };
    this.watermark = new Watermark(place.how === 'resume' ? (place.size ?? 0) : 0);
  }

  get moved(): number {
    return this.counted;
  }

  /** @throws CloudError; it goes on from where it is when it is done again */
  async fetch(sftps: readonly Sftp[], flow: Flow): Promise<void> {
    const { item, target, how } = this.place;
    const [sftp = missing()] = sftps;
    const isFirst = this.part === undefined;
    this.part ??= how === 'resume' ? await LocalPart.goOn(target) : await this.openPart();
    if (!isFirst) await this.lookAgain(sftp, flow);
    if (this.watermark.whole > 0) await this.compareTail(sftp, flow);
    this.count(this.watermark.whole, flow);
    const { part } = this;
    for (let growths = 0; ; growths += 1) {
      const after = await this.readOn(part, sftps, flow);
      if (!this.isOther(after)) break;
      // Written anew while it waited here or was read: some of the bytes may be of another file.
      const { size = 0, modifiedAt = 0 } = after;
      const changed = refusal('conflict', 'file-changed-meanwhile', { path: item.remote });
      if (size <= this.source.size) throw changed;
      await this.compareTail(sftp, flow);
      const isSameSoFar = this.watermark.whole > 0;
      if (growths === mostGrowths && !isSameSoFar) throw changed;
      if (growths === mostGrowths) break;
      this.source = { size, modifiedAt };
    }
    await part.finish(this.source.modifiedAt, item.mode);
    await part.place(target, how === 'overwrite');
    this.part = undefined;
    this.claim?.letGo();
  }

  /** A new part, or what an earlier try of ours left of the same file. */
  private async openPart(): Promise<LocalPart> {
    const { item, target, how, parts } = this.place;
    const place = { directory: dirname(target), name: basename(target) };
    const content = [item.remote, item.size, item.modifiedAt, item.mode, how];
    this.claim ??= this.partNames.claim(place, content);
    const { name, isOurs } = this.claim;
    const path = join(place.directory, name);
    const ours = parts.filter(isOurs);
    const stale = ours.filter((other) => other !== name);
    await Promise.allSettled(stale.map((other) => unlink(join(place.directory, other))));
    const left = ours.includes(name) ? await LocalPart.goOn(path).catch(() => {}) : undefined;
    const sure = left && (await left.isOfThisStart()) ? sureBytes(await left.size()) : 0;
    if (left && sure > 0) {
      this.watermark = new Watermark(sure);
      this.hasWritten = true;
      return left;
    }
    await left?.close();
    return LocalPart.create(path, item.mode);
  }

  /** @returns what the file was when its last byte was read */
  private async readOn(part: LocalPart, sftps: readonly Sftp[], flow: Flow): Promise<Attributes> {
    const { watermark, source, place } = this;
    const span = {
      path: place.item.remote,
      from: watermark.whole,
      to: source.size,
      inOrder: false,
    };
    try {
      return await readSpan(sftps, span, flow, async (bytes, offset) => {
        this.hasWritten = true;
        await part.write(bytes, offset);
        watermark.add(offset, bytes.length);
        this.counted += bytes.length;
        flow.moved(bytes.length);
      });
    } catch (error) {
      this.count(watermark.whole, flow);
      throw error;
    }
  }

  /** Leaves nothing half behind. */
  async discard(): Promise<void> {
    const { part, place } = this;
    this.part = undefined;
    if (place.how !== 'resume') await part?.discard();
    else {
      if (this.hasWritten) await part?.cutTo(place.size ?? 0).catch(() => {});
      await part?.close().catch(() => {});
    }
    this.claim?.letGo();
  }

  /** The line broke: what is there now may be another file. */
  private async lookAgain(sftp: Sftp, flow: Flow): Promise<void> {
    const now = await sftp.stat(this.place.item.remote);
    if (!this.isOther(now)) return;
    const { size = 0, modifiedAt = 0 } = now;
    this.source = { size, modifiedAt };
    await this.startAnew(flow);
  }

  private isOther({ size = 0, modifiedAt = 0 }: Attributes): boolean {
    return size !== this.source.size || modifiedAt !== this.source.modifiedAt;
  }

  private async compareTail(sftp: Sftp, flow: Flow): Promise<void> {
    const { item, target, how } = this.place;
    const to = this.watermark.whole;
    const from = Math.max(to - tailBytes, 0);
    // With another byte where a file that was not touched yet should end, it is another file.
    const ours = await this.part?.read(from, to - from + (this.hasWritten ? 0 : 1));
    const theirs: Buffer[] = [];
    if (to <= this.source.size) {
      const span = { path: item.remote, from, to, inOrder: true };
      await readSpan([sftp], span, flow, async (bytes) => void theirs.push(Buffer.from(bytes)));
    }
    if (ours?.equals(Buffer.concat(theirs))) return;
    // Somebody's own file, which is not the beginning of theirs: it is not touched.
    if (how === 'resume') throw refusal('conflict', 'file-tail-differs', { path: target });
    await this.startAnew(flow);
  }

  private async startAnew(flow: Flow): Promise<void> {
    if (this.place.how === 'resume') {
      throw refusal('conflict', 'file-tail-differs', { path: this.place.target });
    }
    // What is new may be shorter.
    await this.part?.cutTo(0);
    this.watermark = new Watermark(0);
    this.count(0, flow);
  }

  private count(bytes: number, flow: Flow): void {
    flow.moved(bytes - this.counted);
    this.counted = bytes;
  }
}
