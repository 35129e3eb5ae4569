/** What is said of a transfer: its state, how much of it is done, how fast, and how long it still takes. */
import { useTranslation } from 'react-i18next';
import type { Transfer } from '../../preload/contract/files.ts';
import { useFormats } from '../ui/texts.ts';
import { isEnded, movedNothing } from './transfer-states.ts';

export interface TransferWords {
  state(transfer: Transfer): string;
  /** Bytes, speed and time left; of an ended one its size and how long it took. */
  figures(transfer: Transfer): string;
  /** How many items it has. */
  others(transfer: Transfer): string;
}

export function useTransferWords(): TransferWords {
  const { t } = useTranslation('files');
  const formats = useFormats();
  return {
    state(transfer) {
      const { state, direction, problems } = transfer;
      if (movedNothing(transfer)) return t('state.done-nothing');
      if (state === 'done' && problems.length > 0) return t('state.done-partly');
      if (state === 'stalled' && direction === 'download') return t('state.stalled-download');
      return t(`state.${state}`);
    },
    figures(transfer) {
      const { bytes, bytesDone, bytesPerSecond, secondsLeft, startedAt, endedAt } = transfer;
      if (isEnded(transfer)) {
        const tookMs = endedAt ? Date.parse(endedAt) - Date.parse(startedAt) : 0;
        return [formats.bytes(bytesDone), endedAt && formats.duration(tookMs)]
          .filter(Boolean)
          .join(' · ');
      }
      const parts = [t('bytesOf', { done: formats.bytes(bytesDone), all: formats.bytes(bytes) })];
      if (transfer.state === 'running') {
        parts.push(t('perSecond', { size: formats.bytes(bytesPerSecond) }));
        if (secondsLeft !== undefined) {
          parts.push(t('left', { time: formats.duration(secondsLeft * 1000) }));
        }
      }
      return parts.join(' · ');
    },
    others: ({ items, itemsDone }) =>
      t('itemsOf', {
        done: formats.count(itemsDone),
        all: formats.count(items),
        count: items,
      }),
  };
}
