/** An upload: the page holds the files and is told which to send; it goes on after breaks of the line and of the page. */
import type { ByteStream } from '../../../preload/contract/byte-stream.ts';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import { isPassing } from '../ssh/lease.ts';
import { Announcement } from './announcement.ts';
import { resolveTimed } from './file-paths.ts';
import { Inbox } from './inbox.ts';
import { isLarge } from './large-files.ts';
import type { Lines } from './lines.ts';
import { PageWatch } from './page-watch.ts';
import type { PartNames } from './part-names.ts';
import { SendOrder } from './send-order.ts';
import { toCloudError } from './sftp-failure.ts';
import type { Transfer } from './transfer.ts';
import { TransferLine } from './transfer-line.ts';
import { UploadFile } from './upload-file.ts';
import { leaveOut, planUpload, type UploadItem } from './upload-plan.ts';
import { channelsFor } from './wanted-channels.ts';

/** A line that is back by then is used to clear away what a cancelled upload left. */
const cleanWithinMs = 10 * 60_000;

type Wish =
  | { readonly kind: 'send'; readonly index: number; readonly from: number }
  | { readonly kind: 'end' };

export class Upload {
  readonly transfer: Transfer;
  private readonly lines: Lines;
  private readonly partNames: PartNames;
  private readonly line: TransferLine;
  private readonly announcement = new Announcement();
  private readonly files = new Map<number, UploadFile>();
  private readonly order = new SendOrder((index) => {
    const item = this.files.get(index)?.placement.item;
    return item !== undefined && isLarge(item);
  });
  private readonly sending = new Set<Promise<unknown>>();
  /** Directories made for it, parents first. */
  private readonly made: string[] = [];
  private readonly page: PageWatch;
  private planning: Promise<void> = Promise.resolve();

  constructor(transfer: Transfer, lines: Lines, partNames: PartNames) {
    this.transfer = transfer;
    this.lines = lines;
    this.partNames = partNames;
    this.line = new TransferLine(lines, transfer);
    this.page = new PageWatch(transfer, () => this.order.takeBack());
    this.page.start();
  }

  /**
   * @param more whether others follow
   * @throws CloudError cancelled, once it has ended; invalid and quota `upload-too-many`, which end it
   */
  announce(items: readonly UploadItem[], more: boolean): void {
    if (this.transfer.isEnded) throw new CloudError('cancelled', 'cancelled');
    if (this.announcement.isComplete) throw refusal('conflict', 'transfer-not-asked');
    try {
      this.announcement.add(items, more);
    } catch (error) {
      this.fail(error);
      throw error;
    }
    this.transfer.items += items.length;
    for (const { kind, size } of items) this.transfer.bytes += kind === 'file' ? size : 0;
    this.transfer.changed();
  }

  /** Whether it moves the same files. */
  isSameAs(other: object): boolean {
    return other instanceof Upload && this.announcement.isSameAs(other.announcement);
  }

  /** Nobody holds its files any more. */
  get isAbandoned(): boolean {
    return !this.transfer.isEnded && this.page.isGone;
  }

  /** Everything is announced: looks at what is there, asks about conflicts. Never throws. */
  start(): Promise<void> {
    this.planning = this.plan();
    return this.planning;
  }

  private async plan(): Promise<void> {
    const { transfer, line } = this;
    try {
      const announced = { items: transfer.items, bytes: transfer.bytes };
      const { placements, roundTripMs } = await line.doing(async ([sftp]) => {
        if (!sftp) throw new CloudError('internal', 'no channel');
        const { root, roundTripMs } = await resolveTimed(sftp, transfer.identity.directory);
        transfer.startOver(announced);
        return {
          roundTripMs,
          placements: await planUpload(sftp, root, this.announcement.items, transfer, this.made),
        };
      });
      this.announcement.forget();
      for (const placement of placements) {
        this.files.set(placement.index, new UploadFile(placement));
        this.order.add(placement.index);
      }
      await line.want(channelsFor(transfer, roundTripMs));
      transfer.set('preparing', false);
      this.page.start();
      this.endIfDone();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    if (this.transfer.isEnded) return;
    this.page.stop();
    this.letGo();
    this.transfer.end({ state: 'failed', failure: toCloudError(error) });
  }

  /** What the page is to send next; waits until there is something. */
  async next(signal: AbortSignal): Promise<Wish> {
    return this.page.asking(signal, async () => {
      const { transfer } = this;
      for (;;) {
        if (transfer.isEnded) return { kind: 'end' };
        const index = transfer.state === 'running' ? this.order.next() : undefined;
        const file = index === undefined ? undefined : this.files.get(index);
        if (file && index !== undefined) {
          file.begin(this.partNames, transfer.identity.instance);
          return { kind: 'send', index, from: file.from };
        }
        await transfer.nextChange();
        if (signal.aborted) throw new CloudError('cancelled', 'cancelled');
      }
    });
  }

  /** @throws CloudError conflict `transfer-not-asked`, when the file is not to be sent now, or not from there */
  send(index: number, from: number, stream: ByteStream, signal: AbortSignal): void {
    const file = this.files.get(index);
    if (file?.from !== from || !this.order.begin(index)) {
      throw refusal('conflict', 'transfer-not-asked');
    }
    const sending = this.page
      .asking(signal, () => this.takeFile(file, stream, signal))
      // No line will ever come, not even to clear the file away.
      .catch((error) => {
        this.fail(error);
        stream.end(toCloudError(error).toFailure());
      })
      .finally(() => {
        this.sending.delete(sending);
        this.order.end(index);
        this.endIfDone();
      });
    this.sending.add(sending);
  }

  /** Leaves nothing half behind, over a new line where the old one broke; nobody is connected to for nothing. */
  async cancel(): Promise<void> {
    await this.stop();
    const left = [...this.files.values()].filter(({ hasBegun }) => hasBegun);
    if (left.length + this.made.length === 0) {
      this.letGo();
      return;
    }
    const { instance } = this.transfer.identity;
    const discard = async () => {
      const [line] = await this.lines.take(instance, 1, cleaning);
      if (!line) return;
      try {
        for (const file of left) await file.discard(line.sftp);
        for (const path of [...this.made].reverse()) {
          await line.sftp.removeDirectory(path).catch(() => {});
        }
      } finally {
        line.release();
      }
    };
    const cleaning = { interactive: false, signal: AbortSignal.timeout(cleanWithinMs) };
    try {
      await discard().catch(async (error) => {
        if (!isPassing(toCloudError(error))) throw error;
        await this.lines.whenReachable(instance, cleaning.signal);
        await discard();
      });
    } catch {
      // The instance cannot be reached: what lies there has a name that says what it is.
    } finally {
      this.letGo();
    }
  }

  /** What lies there of it is for another one to go on with. */
  async giveWay(): Promise<void> {
    await this.stop();
    this.letGo();
  }

  private async stop(): Promise<void> {
    this.transfer.end({ state: 'cancelled' });
    this.page.stop();
    await Promise.allSettled([this.planning, ...this.sending]);
  }

  private async takeFile(file: UploadFile, stream: ByteStream, signal: AbortSignal): Promise<void> {
    const { transfer } = this;
    const inbox = new Inbox(stream, file.placement.item.size - file.from);
    const leave = () => stream.end(new CloudError('cancelled', 'cancelled').toFailure());
    transfer.signal.addEventListener('abort', leave);
    try {
      const isWhole = await file.take(await this.line.channels(), inbox, {
        signal: transfer.signal,
        whenMoving: () => transfer.whenMoving(),
        moved: (bytes) => {
          transfer.bytesDone += bytes;
        },
      });
      if (isWhole) {
        this.forget(file);
        transfer.itemsDone += 1;
      } else if (signal.aborted) this.order.again(file.placement.index);
      else await this.leaveOut(file, refusal('not-found', 'file-unreadable-here'));
      stream.end();
    } catch (error) {
      const failure = toCloudError(error);
      await this.failed(file, failure);
      stream.end(failure.toFailure());
    } finally {
      transfer.signal.removeEventListener('abort', leave);
    }
  }

  private async failed(file: UploadFile, failure: CloudError): Promise<void> {
    const { transfer, line } = this;
    if (transfer.isEnded) return;
    const again = () => this.order.again(file.placement.index);
    if (isPassing(failure)) {
      again();
      line.noteBreak(failure);
      // Says that it waits, and is back when the line is.
      transfer.set('waiting', true);
      void line.channels().then(
        () => transfer.set('waiting', false),
        // No line will ever come: the instance is gone.
        (error) => this.fail(error),
      );
    } else if (failure.code === 'quota') {
      again();
      transfer.holdFor(failure);
    } else if (failure.rule?.id === 'file-changed-there') again();
    else await this.leaveOut(file, failure);
  }

  /** Kept until everything is said: the last file ends the transfer. */
  private async leaveOut(file: UploadFile, failure: CloudError): Promise<void> {
    const [sftp] = await this.line.channels();
    if (sftp) await file.discard(sftp);
    this.transfer.bytesDone -= file.moved;
    leaveOut(this.transfer, file.placement.item, failure);
    this.forget(file);
  }

  /** Holds nothing any more, neither channels nor what was announced. */
  private letGo(): void {
    this.line.release();
    this.announcement.forget();
    for (const file of this.files.values()) this.forget(file);
  }

  private forget(file: UploadFile): void {
    this.files.delete(file.placement.index);
    file.letGo();
  }

  private endIfDone(): void {
    if (this.transfer.isEnded || this.transfer.state === 'preparing') return;
    if (this.files.size > 0) {
      this.transfer.changed();
      return;
    }
    this.page.stop();
    this.line.release();
    this.transfer.end({ state: 'done' });
  }
}
