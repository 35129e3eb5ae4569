/** A download to a page: the page asks for one file after another and says how much of it it can take. */
import type { ByteStream } from '../../../preload/contract/byte-stream.ts';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { TransferItem } from '../../../preload/contract/files.ts';
import { isPassing } from '../ssh/lease.ts';
import { type DownloadItem, planDownload } from './download-plan.ts';
import { resolveTimed } from './file-paths.ts';
import type { Lines } from './lines.ts';
import { Outlet } from './outlet.ts';
import { PageWatch } from './page-watch.ts';
import { readSpan } from './remote-reader.ts';
import { missing } from './remote-writer.ts';
import type { Sftp } from './sftp.ts';
import { toCloudError } from './sftp-failure.ts';
import type { Transfer } from './transfer.ts';
import { TransferLine } from './transfer-line.ts';
import { channelsFor } from './wanted-channels.ts';

/** What a page has of a file, and what that came from. */
interface Received {
  readonly size: number;
  readonly modifiedAt: number;
  bytes: number;
}

export class PageDownload {
  readonly transfer: Transfer;
  private readonly line: TransferLine;
  private readonly names: readonly string[];
  private items: readonly DownloadItem[] = [];
  private readonly left = new Set<number>();
  private readonly received = new Map<number, Received>();
  private readonly page: PageWatch;
  private planning: Promise<void> = Promise.resolve();
  private isPlanned = false;

  constructor(transfer: Transfer, lines: Lines, names: readonly string[]) {
    this.transfer = transfer;
    this.line = new TransferLine(lines, transfer);
    this.names = names;
    this.page = new PageWatch(transfer, () => {});
  }

  /** Never throws: a failure is the transfer's. */
  start(): Promise<void> {
    this.planning = this.plan();
    return this.planning;
  }

  /** Resolves when everything was looked at. @throws CloudError why that could not be done */
  async list(signal: AbortSignal): Promise<readonly TransferItem[]> {
    return this.page.asking(signal, async () => {
      while (!this.isPlanned && !this.transfer.isEnded) await this.transfer.nextChange();
      const { failure } = this.transfer.view;
      if (this.transfer.state === 'failed' && failure) throw CloudError.from(failure);
      return this.items.map(({ index, path, kind, size, modifiedAt }) => ({
        index,
        path,
        kind,
        size,
        modifiedAt: new Date(modifiedAt * 1000).toISOString(),
      }));
    });
  }

  /** @returns the file's size now; its bytes follow */
  async receive(
    index: number,
    from: number,
    stream: ByteStream,
    signal: AbortSignal,
  ): Promise<{ readonly size: number }> {
    const item = this.items[index];
    if (item?.kind !== 'file' || this.transfer.isEnded) {
      throw refusal('conflict', 'transfer-not-asked');
    }
    const outlet = new Outlet(stream);
    const open = this.page.asking(signal, () =>
      this.line.doing(async (sftps) => {
        const { size = 0, modifiedAt = 0 } = await (sftps[0] ?? missing()).stat(item.remote);
        return { sftps, size, modifiedAt };
      }),
    );
    const { sftps, size, modifiedAt } = await open.catch((error) => {
      this.failed(item, toCloudError(error));
      throw error;
    });
    const before = this.received.get(index);
    const isSame = before?.size === size && before.modifiedAt === modifiedAt;
    if (from > 0 && (!isSame || from > size)) {
      throw refusal('conflict', 'file-changed-meanwhile', { path: item.remote });
    }
    const received = { size, modifiedAt, bytes: from };
    this.count(from - (before?.bytes ?? 0));
    this.received.set(index, received);
    void this.page.asking(signal, () => this.pass(item, received, sftps, stream, outlet));
    return { size };
  }

  /** A page that asks nothing may still be writing what it has. */
  attend(signal: AbortSignal): Promise<void> {
    const { transfer } = this;
    return this.page.asking(signal, async () => {
      while (!transfer.isEnded && !signal.aborted) await transfer.nextChange();
    });
  }

  /** The page has everything in its place. @throws CloudError conflict while items are left */
  complete(): void {
    if (!this.isPlanned || this.transfer.isEnded || this.left.size > 0) {
      throw refusal('conflict', 'transfer-not-asked');
    }
    this.page.stop();
    this.line.release();
    this.transfer.end({ state: 'done' });
  }

  /** Whether it moves the same files. */
  isSameAs(other: object): boolean {
    if (!(other instanceof PageDownload) || this.names.length !== other.names.length) return false;
    return this.names.every((name, at) => name === other.names[at]);
  }

  /** Nobody takes its files any more. */
  get isAbandoned(): boolean {
    return !this.transfer.isEnded && this.page.isGone;
  }

  /** What its page had of it went with the page. */
  giveWay(): Promise<void> {
    return this.cancel();
  }

  async cancel(): Promise<void> {
    this.transfer.end({ state: 'cancelled' });
    this.page.stop();
    await this.planning;
    this.line.release();
  }

  private async plan(): Promise<void> {
    const { transfer, line } = this;
    try {
      const roundTripMs = await line.doing(async ([sftp = missing()]) => {
        transfer.startOver({ items: 0, bytes: 0 });
        const { root, roundTripMs } = await resolveTimed(sftp, transfer.identity.directory);
        const leaveOut = (path: string, failure: CloudError) => transfer.leaveOut(path, failure);
        this.items = await planDownload(sftp, root, this.names, transfer.signal, leaveOut);
        return roundTripMs;
      });
      transfer.items = this.items.length;
      for (const { index, kind, size } of this.items) {
        transfer.bytes += size;
        if (kind === 'directory') transfer.itemsDone += 1;
        else this.left.add(index);
      }
      await line.want(channelsFor(transfer, roundTripMs));
      this.isPlanned = true;
      transfer.set('preparing', false);
      this.page.start();
    } catch (error) {
      if (!transfer.isEnded) transfer.end({ state: 'failed', failure: toCloudError(error) });
      line.release();
    }
  }

  private async pass(
    item: DownloadItem,
    received: Received,
    sftps: readonly Sftp[],
    stream: ByteStream,
    outlet: Outlet,
  ): Promise<void> {
    const { transfer } = this;
    const { size, bytes: from } = received;
    const leave = () => stream.end(new CloudError('cancelled', 'cancelled').toFailure());
    transfer.signal.addEventListener('abort', leave);
    const span = { path: item.remote, from, to: size, inOrder: true };
    try {
      await readSpan(sftps, span, transfer, (bytes) =>
        outlet.send(bytes, (sent) => {
          received.bytes += sent;
          this.count(sent);
        }),
      );
      stream.end();
      if (this.left.delete(item.index)) transfer.itemsDone += 1;
    } catch (error) {
      const failure = toCloudError(error);
      this.failed(item, failure);
      stream.end(failure.toFailure());
    } finally {
      transfer.signal.removeEventListener('abort', leave);
    }
  }

  /** What may pass, or can be begun again, is the page's to ask for again; the rest is left out. */
  private failed(item: DownloadItem, failure: CloudError): void {
    const { transfer, line } = this;
    const isAskedAgain =
      failure.code === 'cancelled' || failure.rule?.id === 'file-changed-meanwhile';
    if (transfer.isEnded || isAskedAgain) return;
    if (isPassing(failure)) {
      line.noteBreak(failure);
      transfer.set('waiting', true);
      void line.channels().then(
        () => transfer.set('waiting', false),
        () => {},
      );
      return;
    }
    if (!this.left.delete(item.index)) return;
    this.count(-(this.received.get(item.index)?.bytes ?? 0));
    transfer.items -= 1;
    transfer.bytes -= item.size;
    transfer.leaveOut(item.path, failure);
  }

  private count(bytes: number): void {
    this.transfer.bytesDone += bytes;
  }
}
