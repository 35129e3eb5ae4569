/** Below the directory: every transfer, folded to one line until there is something to see. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { ChevronIcon } from '../ui/icons.tsx';
import { TransferRow } from './transfer-row.tsx';
import { isEnded, sortTransfers } from './transfer-states.ts';
import { usePageTransfers } from './transfers-context.tsx';
import classes from './transfers-panel.module.css';
import { useTransferActions } from './use-transfer-actions.ts';

export function TransfersPanel() {
  const { t } = useTranslation('files');
  const { look, failure, items } = useStores().transfers();
  const actions = useTransferActions();
  const started = usePageTransfers().useHeld((state) => state.started);
  const [open, setOpen] = useState(false);
  const live = items.filter((transfer) => !isEnded(transfer)).length;
  const isRead = look === 'fresh' || look === 'stale';
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as soon as it is known what there is: what begins elsewhere opens nothing
  useLayoutEffect(() => {
    if (live > 0) setOpen(true);
  }, [isRead]);
  const seen = useRef(started);
  useEffect(() => {
    // What the operator starts, they want to see.
    if (started !== seen.current) setOpen(true);
    seen.current = started;
  }, [started]);

  const ended = items.filter(isEnded);
  return (
    <section className={classes.panel} aria-label={t('transfers')} data-open={open || undefined}>
      <header className={classes.bar}>
        <button
          type="button"
          className={classes.fold}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <ChevronIcon size={12} />
          {t('transfers')}
          <span className={classes.count}>
            {items.length > 0 && t('transferCount', { live, count: items.length })}
          </span>
        </button>
        {open && ended.length > 0 && (
          <Button look="quiet" size="row" onClick={() => actions.dismiss(ended)}>
            {t('dismissEnded')}
          </Button>
        )}
      </header>
      {open && (
        <div className={classes.body}>
          {look === 'stale' && (
            <p className={classes.note} role="status">
              {t('transfersStale')}
            </p>
          )}
          {look === 'failed' && failure && <FailureNote failure={failure} />}
          {look !== 'failed' && items.length === 0 && (
            <p className={classes.none}>
              {t(look === 'loading' ? 'common:loading' : 'noTransfers')}
            </p>
          )}
          <ul className={classes.list}>
            {sortTransfers(items).map((transfer) => (
              <TransferRow key={transfer.id} transfer={transfer} actions={actions} />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
