/** Who goes first: a few transfers at once for each instance, the others in the order they came. */
import type { Transfer } from './transfer.ts';

const atOncePerInstance = 2;

export interface TransferQueue {
  /** Starts it when its turn comes. */
  add(transfer: Transfer, start: () => Promise<void>): void;
  /** Something ended or stands still: the next one's turn may have come. */
  look(): void;
}

export function createTransferQueue(): TransferQueue {
  const started = new Set<Transfer>();
  let waiting: { readonly transfer: Transfer; readonly start: () => Promise<void> }[] = [];

  /** What waits for a person or a page holds nobody up. */
  const isBusy = ({ state }: Transfer) =>
    state === 'preparing' || state === 'running' || state === 'waiting';

  const look = () => {
    for (const transfer of started) if (transfer.isEnded) started.delete(transfer);
    waiting = waiting.filter(({ transfer, start }) => {
      if (transfer.isEnded) return false;
      const { instance } = transfer.identity;
      const busy = [...started].filter((one) => one.identity.instance === instance && isBusy(one));
      if (busy.length >= atOncePerInstance) return true;
      started.add(transfer);
      transfer.set('queued', false);
      void start();
      return false;
    });
  };

  return {
    add(transfer, start) {
      waiting.push({ transfer, start });
      look();
    },
    look,
  };
}
