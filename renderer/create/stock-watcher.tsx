/** Reads the catalogues again and again while stock is waited for, then tells or orders: once. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { HardwareSpec } from '../../preload/contract/catalogue.ts';
import { CloudError } from '../../preload/contract/errors.ts';
import { useClient } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { hasArrived, type StockWatch } from './stock-watches.ts';

const readEveryMs = 30_000;

export function StockWatcher() {
  const { t } = useTranslation('create');
  const client = useClient();
  const { useStockWatches, useToasts } = useView();
  const isWaiting = useStockWatches(({ watches }) => watches.length > 0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: begins with the first wish and ends with the last
  useEffect(() => {
    if (!isWaiting) return;
    const stopping = new AbortController();
    const { say } = useToasts.getState();

    const order = async ({ start, name, region, order: input }: StockWatch) => {
      const text = t('watch.arrived', { name, region });
      try {
        const { account, description } = start;
        await client.call('actions.run', { account: account.id, action: description.id, input });
        say({
          kind: 'done',
          text: `${text} ${t('ordered', { name: input?.name ?? '' })}`,
          stays: true,
        });
      } catch (failure) {
        if (!(failure instanceof CloudError)) throw failure;
        say({ kind: 'failed', title: text, failure });
      }
    };
    const settle = (watch: StockWatch, specs: readonly HardwareSpec[]) => {
      const { take } = useStockWatches.getState();
      if (!hasArrived(watch, specs) || !take(watch.id)) return;
      if (watch.order) void order(watch);
      else {
        const { name, region } = watch;
        say({ kind: 'done', text: t('watch.arrived', { name, region }), stays: true });
      }
    };
    const readAll = () => {
      const { watches } = useStockWatches.getState();
      for (const account of new Set(watches.map(({ start }) => start.account.id))) {
        client.call('catalogue.hardware', { account }, stopping.signal).then(
          (specs) => {
            const mine = useStockWatches
              .getState()
              .watches.filter(({ start }) => start.account.id === account);
            for (const watch of mine) settle(watch, specs);
          },
          // What could not be read now is read again in a moment.
          () => {},
        );
      }
    };

    const timer = setInterval(readAll, readEveryMs);
    return () => {
      stopping.abort();
      clearInterval(timer);
    };
  }, [isWaiting]);
  return null;
}
