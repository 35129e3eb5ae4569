/** Asks the page to wait for stock, from within the wizard. */
import { useTranslation } from 'react-i18next';
import type { HardwareSpec } from '../../preload/contract/catalogue.ts';
import type { ActionStart } from '../instances/action-flow.ts';
import { useView } from '../shell/view-context.ts';
import type { CreateInput } from './create-input.ts';
import { watchKey } from './stock-watches.ts';

export function useWatchStock(start: ActionStart, onClose: () => void) {
  const { t } = useTranslation('create');
  const { useStockWatches, useToasts } = useView();
  const watches = useStockWatches((state) => state.watches);
  const { add } = useStockWatches.getState();
  const { say } = useToasts.getState();
  return {
    watched: (spec: HardwareSpec) =>
      watches.some(({ id }) => id === watchKey(start.account.id, spec)),
    tell({ kind, name, region }: HardwareSpec, units: number) {
      add({ start, kind, name, region, units });
      say({ kind: 'done', text: t('watch.willTell', { name, region }) });
    },
    createLater({ kind, name, region }: HardwareSpec, order: CreateInput) {
      add({ start, kind, name, region, units: order.units, order });
      say({ kind: 'done', text: t('watch.willCreate', { name, region, instance: order.name }) });
      onClose();
    },
  };
}
