/** Calls on transfers: they live here, whatever pages come and go. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { Transfer as TransferView } from '../../../preload/contract/files.ts';
import type { Clock } from '../../core/clock.ts';
import { createCollection } from '../../core/collection.ts';
import type { Events } from '../../core/events.ts';
import { pause } from '../../core/pause.ts';
import type { Handlers } from '../../core/router.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Connections } from '../ssh/connections.ts';
import { DiskDownload } from './disk-download.ts';
import type { Lines } from './lines.ts';
import { PageDownload } from './page-download.ts';
import type { PartNames } from './part-names.ts';
import { type Identity, Transfer } from './transfer.ts';
import { createTransferQueue } from './transfer-queue.ts';
import { Upload } from './upload.ts';

type TransferHandlers = Pick<
  Handlers,
  | 'files.transfers'
  | 'files.upload'
  | 'files.announce'
  | 'files.nextToSend'
  | 'files.sendFile'
  | 'files.download'
  | 'files.items'
  | 'files.receiveFile'
  | 'files.attend'
  | 'files.received'
  | 'files.pause'
  | 'files.resume'
  | 'files.cancel'
  | 'files.resolve'
  | 'files.dismiss'
>;

export interface TransfersParts {
  readonly lines: Lines;
  readonly partNames: PartNames;
  readonly connections: Pick<Connections, 'owner'>;
  readonly events: Events;
  readonly clock: Clock;
  readonly chooseFolder: Platform['chooseFolder'];
}

export interface Transfers {
  readonly handlers: TransferHandlers;
  /** Those that have not ended. */
  liveCount(): number;
  /** Ends what is under way, and clears away what is not whole where that goes quickly. */
  close(): Promise<void>;
}

type Work = Upload | DiskDownload | PageDownload;

/** Ended ones beyond this many leave by themselves, oldest first. */
const mostEnded = 200;
const clearWithinMs = 2000;

export function createTransfers(parts: TransfersParts): Transfers {
  const { lines, partNames, connections, events, clock } = parts;
  const works = new Map<string, Work>();
  const queue = createTransferQueue();
  const views = createCollection<TransferView>(
    ({ id }) => id,
    (delta) => events.emit('files.transfersChanged', delta),
  );

  const create = (identity: Omit<Identity, 'instanceName'>): Transfer => {
    const instanceName = connections.owner('files', identity.instance).name;
    const transfer = new Transfer({ ...identity, instanceName }, clock, (view) => {
      if (!works.has(view.id)) return;
      views.set(view);
      queue.look();
    });
    return transfer;
  };
  const add = <Kind extends Work>(work: Kind): Kind => {
    const ended = [...works.values()].filter(({ transfer }) => transfer.isEnded);
    for (const { transfer } of ended.slice(0, Math.max(ended.length - mostEnded, 0)))
      drop(transfer);
    works.set(work.transfer.id, work);
    views.set(work.transfer.view);
    return work;
  };
  const drop = ({ id }: Transfer) => {
    works.delete(id);
    views.remove(id);
  };
  const find = (id: string): Work => {
    const work = works.get(id);
    if (!work) throw refusal('not-found', 'transfer-gone');
    return work;
  };
  const upload = (id: string): Upload => {
    const work = find(id);
    if (work instanceof Upload) return work;
    throw refusal('conflict', 'transfer-not-asked');
  };
  const pageDownload = (id: string): PageDownload => {
    const work = find(id);
    if (work instanceof PageDownload) return work;
    throw refusal('conflict', 'transfer-not-asked');
  };
  /** The same files once more, mostly after a reload of the page: it goes on where a former one was abandoned. */
  const takeOver = async (work: Upload | PageDownload) => {
    const { instance, directory } = work.transfer.identity;
    for (const former of works.values()) {
      const { identity } = former.transfer;
      const isSamePlace = identity.instance === instance && identity.directory === directory;
      if (former === work || !isSamePlace || former instanceof DiskDownload) continue;
      if (!former.isAbandoned || !former.isSameAs(work)) continue;
      await former.giveWay();
      drop(former.transfer);
    }
    await work.start();
  };
  const begin = (work: Work) =>
    queue.add(work.transfer, () => (work instanceof DiskDownload ? work.start() : takeOver(work)));

  return {
    handlers: {
      'files.transfers': () => views.snapshot(),
      'files.upload': ({ instance, directory, items, more }) => {
        const name = items[0]?.path ?? '';
        const transfer = create({ instance, directory, name, direction: 'upload' });
        const work = new Upload(transfer, lines, partNames);
        work.announce(items, more);
        add(work);
        if (!more) begin(work);
        return transfer.view;
      },
      'files.announce': ({ transfer, items, more }) => {
        const work = upload(transfer);
        work.announce(items, more);
        if (!more) begin(work);
        return null;
      },
      'files.nextToSend': ({ transfer }, signal) => upload(transfer).next(signal),
      'files.sendFile': ({ transfer, index, from }, stream, signal) => {
        upload(transfer).send(index, from, stream, signal);
        return null;
      },
      'files.download': async ({ instance, directory, names }) => {
        const identity = {
          instance,
          directory,
          name: names[0] ?? '',
          direction: 'download',
        } as const;
        if (!parts.chooseFolder) {
          const work = add(new PageDownload(create(identity), lines, names));
          begin(work);
          return { kind: 'to-page', transfer: work.transfer.view };
        }
        const folder = await parts.chooseFolder();
        if (folder === undefined) return { kind: 'called-off' };
        const work = add(new DiskDownload(create(identity), lines, partNames, folder, names));
        begin(work);
        return { kind: 'to-disk', transfer: work.transfer.view };
      },
      'files.items': ({ transfer }, signal) => pageDownload(transfer).list(signal),
      'files.receiveFile': ({ transfer, index, from }, stream, signal) =>
        pageDownload(transfer).receive(index, from, stream, signal),
      'files.attend': async ({ transfer }, signal) => {
        await pageDownload(transfer).attend(signal);
        return null;
      },
      'files.received': ({ transfer }) => {
        pageDownload(transfer).complete();
        return null;
      },
      'files.pause': ({ transfer }) => {
        find(transfer).transfer.pause();
        return null;
      },
      'files.resume': ({ transfer }) => {
        find(transfer).transfer.resume();
        return null;
      },
      'files.cancel': ({ transfer }) => {
        const work = find(transfer);
        if (!work.transfer.isEnded) void work.cancel();
        return null;
      },
      'files.resolve': ({ transfer, path, choice, forAll }) => {
        find(transfer).transfer.resolve(path, choice, forAll);
        return null;
      },
      'files.dismiss': ({ transfer: id }) => {
        const { transfer } = find(id);
        if (!transfer.isEnded) throw refusal('conflict', 'transfer-not-ended');
        drop(transfer);
        return null;
      },
    },
    liveCount: () => [...works.values()].filter(({ transfer }) => !transfer.isEnded).length,
    async close() {
      const live = [...works.values()].filter(({ transfer }) => !transfer.isEnded);
      if (live.length === 0) return;
      const cleared = Promise.allSettled(live.map((work) => work.cancel()));
      await Promise.race([cleared, pause(clearWithinMs, new AbortController().signal)]);
    },
  };
}
