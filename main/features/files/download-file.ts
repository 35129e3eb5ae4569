/** One file from an instance to this machine, kept over breaks of the line. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { DownloadItem } from './download-plan.ts';
import { LocalPart } from './local-part.ts';
import { readSpan } from './remote-reader.ts';
import { missing } from './remote-writer.ts';
import type { Sftp } from './sftp.ts';
import { type Flow, tailBytes } from './upload-file.ts';
import { Watermark } from './watermark.ts';

export interface LocalPlace {
  readonly item: DownloadItem;
  readonly target: string;
  readonly how: 'new' | 'overwrite' | 'resume';
  /** In a directory made for this, under a name no other item has. */
  readonly isAlone?: true;
  /** The size of what is there, when it is gone on with. */
  readonly size?: number;
}

export class DownloadFile {
  readonly place: LocalPlace;
  private part: LocalPart | undefined;
  private watermark: Watermark;
  /** What the bytes so far came from. */
  private source: { readonly size: number; readonly modifiedAt: number };
  private counted = 0;

  constructor(place: LocalPlace) {
    this.place = place;
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
    this.part ??=
      how === 'resume' ? await LocalPart.goOn(target) : await LocalPart.create(target, item.mode);
    if (!isFirst) await this.lookAgain(sftp, flow);
    if (this.watermark.whole > 0) await this.compareTail(sftp, flow);
    this.count(this.watermark.whole, flow);
    const { part, watermark } = this;
    const span = { path: item.remote, from: watermark.whole, to: this.source.size, inOrder: false };
    try {
      await readSpan(sftps, span, flow, async (bytes, offset) => {
        await part.write(bytes, offset);
        watermark.add(offset, bytes.length);
        this.counted += bytes.length;
        flow.moved(bytes.length);
      });
    } catch (error) {
      this.count(watermark.whole, flow);
      throw error;
    }
    await part.finish(this.source.modifiedAt, item.mode);
    await part.place(target, how === 'overwrite' || this.place.isAlone === true);
    this.part = undefined;
  }

  /** Leaves nothing half behind. */
  async discard(): Promise<void> {
    const { part, place } = this;
    this.part = undefined;
    if (place.how === 'resume') await part?.cutTo(place.size ?? 0);
    else await part?.discard();
  }

  /** The line broke: what is there now may be another file. */
  private async lookAgain(sftp: Sftp, flow: Flow): Promise<void> {
    const { size = 0, modifiedAt = 0 } = await sftp.stat(this.place.item.remote);
    const isSame = size === this.source.size && modifiedAt === this.source.modifiedAt;
    this.source = { size, modifiedAt };
    if (!isSame) this.startAnew(flow);
  }

  private async compareTail(sftp: Sftp, flow: Flow): Promise<void> {
    const { item, target, how } = this.place;
    const to = this.watermark.whole;
    const from = Math.max(to - tailBytes, 0);
    const ours = await this.part?.read(from, to - from);
    const theirs: Buffer[] = [];
    if (to <= this.source.size) {
      const span = { path: item.remote, from, to, inOrder: true };
      await readSpan([sftp], span, flow, async (bytes) => void theirs.push(Buffer.from(bytes)));
    }
    if (ours?.equals(Buffer.concat(theirs))) return;
    // Somebody's own file, which is not the beginning of theirs: it is not touched.
    if (how === 'resume') throw refusal('conflict', 'file-tail-differs', { path: target });
    this.startAnew(flow);
  }

  private startAnew(flow: Flow): void {
    if (this.place.how === 'resume') {
      throw refusal('conflict', 'file-tail-differs', { path: this.place.target });
    }
    this.watermark = new Watermark(0);
    this.count(0, flow);
  }

  private count(bytes: number, flow: Flow): void {
    flow.moved(bytes - this.counted);
    this.counted = bytes;
  }
}
