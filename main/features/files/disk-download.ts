/** A download to this machine's own disk: small files many at once, large ones over several channels. */
import { rmdir } from 'node:fs/promises';
import type { CloudError } from '../../../preload/contract/errors.ts';
import { leaveOutLocal, planDisk } from './disk-plan.ts';
import { DownloadFile } from './download-file.ts';
import { planDownload } from './download-plan.ts';
import { resolveTimed } from './file-paths.ts';
import { isLarge, largeAtOnce } from './large-files.ts';
import type { Lines } from './lines.ts';
import type { PartNames } from './part-names.ts';
import { missing } from './remote-writer.ts';
import { eachOf } from './several-at-once.ts';
import { toCloudError } from './sftp-failure.ts';
import type { Transfer } from './transfer.ts';
import { TransferLine } from './transfer-line.ts';
import type { Flow } from './upload-file.ts';
import { channelsFor } from './wanted-channels.ts';

const smallAtOnce = 48;
const mostChanges = 3;

export class DiskDownload {
  readonly transfer: Transfer;
  private readonly line: TransferLine;
  private readonly partNames: PartNames;
  private readonly folder: string;
  private readonly names: readonly string[];
  private readonly files = new Set<DownloadFile>();
  private readonly made: string[] = [];
  private running: Promise<void> = Promise.resolve();

  constructor(
    transfer: Transfer,
    lines: Lines,
    partNames: PartNames,
    folder: string,
    names: readonly string[],
  ) {
    this.partNames = partNames;
    this.transfer = transfer;
    this.line = new TransferLine(lines, transfer);
    this.folder = folder;
    this.names = names;
  }

  /** Never throws: a failure is the transfer's. */
  start(): Promise<void> {
    this.running = this.run();
    return this.running;
  }

  async cancel(): Promise<void> {
    this.transfer.end({ state: 'cancelled' });
    await this.running;
    for (const file of this.files) await file.discard();
    for (const path of [...this.made].reverse()) await rmdir(path).catch(() => {});
  }

  private async run(): Promise<void> {
    const { transfer, line } = this;
    try {
      const { items, roundTripMs } = await line.doing(async ([sftp = missing()]) => {
        transfer.startOver({ items: 0, bytes: 0 });
        const { root, roundTripMs } = await resolveTimed(sftp, transfer.identity.directory);
        const leaveOut = (path: string, failure: CloudError) => transfer.leaveOut(path, failure);
        const items = await planDownload(sftp, root, this.names, transfer.signal, leaveOut);
        return { items, roundTripMs };
      });
      transfer.items = items.length;
      transfer.bytes = items.reduce((sum, { size }) => sum + size, 0);
      const places = await planDisk(this.folder, items, transfer, this.made);
      for (const place of places) this.files.add(new DownloadFile(place, this.partNames));
      await line.want(channelsFor(transfer, roundTripMs));
      transfer.set('preparing', false);
      const all = [...this.files];
      const large = all.filter(({ place }) => isLarge(place.item));
      const small = all.filter(({ place }) => !isLarge(place.item));
      const fetch = (file: DownloadFile) => this.fetch(file);
      await eachOf(small, smallAtOnce, transfer.signal, fetch);
      await eachOf(large, largeAtOnce, transfer.signal, fetch);
      transfer.end({ state: 'done' });
    } catch (error) {
      if (!transfer.isEnded) transfer.end({ state: 'failed', failure: toCloudError(error) });
    } finally {
      line.release();
    }
  }

  private async fetch(file: DownloadFile): Promise<void> {
    const { transfer, line } = this;
    const flow: Flow = {
      signal: transfer.signal,
      whenMoving: () => transfer.whenMoving(),
      moved: (bytes) => {
        transfer.bytesDone += bytes;
      },
    };
    for (let changes = 0; ; ) {
      try {
        await line.doing((sftps) => file.fetch(sftps, flow));
        this.files.delete(file);
        transfer.itemsDone += 1;
        // It may be larger by now, or smaller.
        transfer.bytes += file.moved - file.place.item.size;
        return;
      } catch (error) {
        const failure = toCloudError(error);
        if (transfer.signal.aborted) throw failure;
        if (failure.code === 'quota') {
          // Room can be made; then it goes on.
          transfer.holdFor(failure);
          continue;
        }
        // Begun again with what it is now; what changes all the time is given up.
        if (failure.rule?.id === 'file-changed-meanwhile' && changes < mostChanges) {
          changes += 1;
          continue;
        }
        await file.discard();
        this.files.delete(file);
        transfer.bytesDone -= file.moved;
        leaveOutLocal(transfer, file.place.item, failure);
        return;
      }
    }
  }
}
