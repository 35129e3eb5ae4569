/** The transfers whose files this page holds: they run beside every page of the application, until the page is left. */
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { CloudError } from '../../preload/contract/errors.ts';
import type { Transfer } from '../../preload/contract/files.ts';
import type { Client } from '../client/client.ts';
import type { CollectionStore } from '../client/collections.ts';
import { automaticPlace, chooseSavePlace, type SaveWish } from './choose-save-place.ts';
import type { LocalItems, Unreadable } from './local-items.ts';
import { runDownload } from './page-download.ts';
import { runUpload } from './page-upload.ts';
import { isEnded } from './transfer-states.ts';

export interface HeldTransfers {
  /** Ids of transfers that end when this page is left. */
  readonly held: ReadonlySet<string>;
  /** Counts what the operator started here, so that the panel can show itself. */
  readonly started: number;
}

export interface PageTransfers {
  readonly useHeld: UseBoundStore<StoreApi<HeldTransfers>>;
  upload(instance: string, directory: string, local: LocalItems): void;
  /** Call it from a press: the browser asks where to. */
  download(instance: string, directory: string, wish: SaveWish): void;
}

/** Says that something the operator asked for failed; `what` is worded under `files:failures`. */
export type SayTransferFailure = (what: 'upload' | 'download', failure: CloudError) => void;

export interface PageTransfersParts {
  readonly client: Client;
  readonly transfers: CollectionStore<Transfer>;
  readonly sayFailure: SayTransferFailure;
  /** Names of this machine that could not be read. */
  readonly sayUnreadable: (unreadable: Unreadable) => void;
  /** Whether the host itself lends a folder, and asks for it. */
  readonly hostSaves: boolean;
}

export function createPageTransfers(parts: PageTransfersParts): PageTransfers {
  const { client, transfers, sayFailure, sayUnreadable, hostSaves } = parts;
  const useHeld = create<HeldTransfers>()(() => ({ held: new Set(), started: 0 }));

  const count = () => useHeld.setState(({ started }) => ({ started: started + 1 }));
  const hold = (id: string) => useHeld.setState(({ held }) => ({ held: new Set([...held, id]) }));
  const letGo = (id: string | undefined) =>
    useHeld.setState(({ held }) => ({ held: new Set([...held].filter((other) => other !== id)) }));

  const isWanted = (id: string) => {
    const transfer = transfers.getState().byKey.get(id);
    // One that was just made may not be in the list yet.
    return !transfer || !isEnded(transfer);
  };

  async function upload(instance: string, directory: string, local: LocalItems): Promise<void> {
    let transfer: string | undefined;
    try {
      await runUpload(client, {
        instance,
        directory,
        items: local.items,
        begun(id) {
          transfer = id;
          hold(id);
          count();
        },
      });
    } finally {
      letGo(transfer);
    }
    if (local.unreadable.count > 0) sayUnreadable(local.unreadable);
  }

  async function download(instance: string, directory: string, wish: SaveWish): Promise<void> {
    const place = hostSaves ? undefined : await chooseSavePlace(wish);
    if (place === 'called-off') return;
    const answer = await client.call('files.download', {
      instance,
      directory,
      names: [...wish.names],
    });
    if (answer.kind === 'called-off') return;
    count();
    if (answer.kind === 'to-disk') return;
    const { id } = answer.transfer;
    hold(id);
    try {
      await runDownload(client, {
        transfer: id,
        place: place ?? automaticPlace(wish),
        isWanted: () => isWanted(id),
      });
    } catch (error) {
      if (isWanted(id)) await client.call('files.cancel', { transfer: id }).catch(() => {});
      throw error;
    } finally {
      letGo(id);
    }
  }

  const run = (what: 'upload' | 'download', work: Promise<void>) => {
    work.catch((error: unknown) => {
      const failure = error instanceof CloudError ? error : notHere(error);
      // What the operator ended needs no word, and what the core ended stands in the list.
      if (failure.code !== 'cancelled') sayFailure(what, failure);
    });
  };

  return {
    useHeld,
    upload: (instance, directory, local) => run('upload', upload(instance, directory, local)),
    download: (instance, directory, wish) => run('download', download(instance, directory, wish)),
  };
}

/** This machine could not read or write: a full disk, a folder that is gone, a browser that refuses. */
function notHere(error: unknown): CloudError {
  return new CloudError('internal', error instanceof Error ? error.message : String(error), {
    rule: { id: 'file-not-moved-here' },
  });
}
