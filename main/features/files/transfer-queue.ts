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
  const waiting: { readonly transfer: Transfer; readonly start: () => Promise<void> }[] = [];

  /** What waits for a person or a page holds nobody up. */
  const isBusy = ({ state }: Transfer) =>
    state === 'preparing' || state === 'running' || state === 'waiting';
  /** Nothing is begun for a page that is gone. */
  const hasTurn = ({ isEnded, identity, state }: Transfer) => {
    const same = [...started].filter((one) => one.identity.instance === identity.instance);
    return isEnded || (state !== 'stalled' && same.filter(isBusy).length < atOncePerInstance);
  };

  /** One at a time and taken off first: its start is told to all, who look again. */
  const look = () => {
    for (const transfer of started) if (transfer.isEnded) started.delete(transfer);
    const at = waiting.findIndex(({ transfer }) => hasTurn(transfer));
    const [next] = at < 0 ? [] : waiting.splice(at, 1);
    if (!next) return;
    if (!next.transfer.isEnded) {
      started.add(next.transfer);
      next.transfer.set('queued', false);
      void next.start();
    }
    look();
  };

  return {
    add(transfer, start) {
      waiting.push({ transfer, start });
      look();
    },
    look,
  };
}
