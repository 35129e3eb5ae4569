/** A download to this page: its items received side by side and written to the place the operator chose. */
import { CloudError } from '../../preload/contract/errors.ts';
import type { TransferItem } from '../../preload/contract/files.ts';
import type { Client } from '../client/client.ts';
import { createLocalPaths } from './local-names.ts';
import { receiveFile } from './receive-file.ts';
import type { SavePlace, SaveWriter } from './save-place.ts';

/** Small files are held up by the way there and back, large ones by the line: many of them only share it. */
const largeBytes = 1024 * 1024;
const largeAtOnce = 2;
const againAfterMs = 500;

export interface DownloadWish {
  readonly transfer: string;
  readonly place: SavePlace;
  /** Whether the transfer is still to be gone on with. */
  isWanted(): boolean;
}

/**
 * Resolves when every item is written or was left out.
 * @throws CloudError when the download ends before; else what writing here threw
 */
export async function runDownload(client: Client, wish: DownloadWish): Promise<void> {
  const { transfer, place } = wish;
  void attend(client, wish);
  const items = await client.call('files.items', { transfer });
  const localPath = createLocalPaths(await place.taken());
  for (const item of items) {
    const path = localPath(item.path);
    if (item.kind === 'directory') await place.directory(path);
  }
  const receiveAll = async (files: readonly TransferItem[], atOnce: number) => {
    const left = files.values();
    const receiveInTurn = async () => {
      for (const item of left) {
        if (!wish.isWanted()) return;
        await receiveItem(client, wish, item, localPath(item.path));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, receiveInTurn));
  };
  const files = items.filter(({ kind }) => kind === 'file');
  const isLarge = ({ size }: TransferItem) => size > largeBytes;
  await receiveAll(
    files.filter((item) => !isLarge(item)),
    place.filesAtOnce,
  );
  await receiveAll(files.filter(isLarge), Math.min(place.filesAtOnce, largeAtOnce));
  if (!wish.isWanted()) return;
  await place.finish();
  await client.call('files.received', { transfer });
}

/** Says that this page is there, also while it only writes; again after the channel to the core was lost. */
async function attend(client: Client, { transfer, isWanted }: DownloadWish): Promise<void> {
  for (let isOver = false; !isOver && isWanted(); ) {
    try {
      await client.call('files.attend', { transfer });
      isOver = true;
    } catch (error) {
      isOver = !(error instanceof CloudError) || error.code !== 'network';
      if (!isOver) await new Promise((go) => setTimeout(go, againAfterMs));
    }
  }
}

async function receiveItem(
  client: Client,
  { transfer, place, isWanted }: DownloadWish,
  item: TransferItem,
  path: string,
): Promise<void> {
  let writer: SaveWriter | undefined;
  // Nothing is made here for a file that cannot be read there.
  const begun = async () => {
    writer ??= await place.file(path, item.modifiedAt);
    return writer;
  };
  try {
    await receiveFile({
      open: (from) => client.stream('files.receiveFile', { transfer, index: item.index, from }),
      isWanted,
      write: async (bytes) => (await begun()).write(bytes),
      restart: async () => writer?.restart(),
    });
    await (await begun()).close();
  } catch (error) {
    await writer?.abort();
    // The core keeps why it was left out; what failed here ends the whole.
    if (!(error instanceof CloudError)) throw error;
  }
}
