/** In the status bar: what stock is waited for, with a way to stop waiting. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import lineClasses from '../jobs/live-job.module.css';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { PlainText, plainly } from '../ui/plain-text.tsx';
import classes from './stock-line.module.css';

const longestName = 60;

export function StockLine() {
  const { t } = useTranslation('create');
  const watches = useView().useStockWatches((state) => state.watches);
  const [isOpen, setIsOpen] = useState(false);
  const [first] = watches;
  if (!first) return null;
  return (
    <>
      <button type="button" className={lineClasses.job} onClick={() => setIsOpen(true)}>
        {watches.length === 1
          ? t('watch.waitingFor', { name: plainly(first.name, longestName) })
          : t('watch.waitingForSome', { count: watches.length })}
      </button>
      {isOpen && <WatchesDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}

function WatchesDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('create');
  const { useStockWatches } = useView();
  const watches = useStockWatches((state) => state.watches);
  const { take } = useStockWatches.getState();
  return (
    <Dialog
      title={t('watch.title')}
      subtitle={t('watch.whileOpen')}
      onClose={onClose}
      footer={<Button onClick={onClose}>{t('close')}</Button>}
    >
      <ul className={classes.list}>
        {watches.map(({ id, name, region, units, order }) => (
          <li key={id}>
            <span className={classes.words}>
              <PlainText text={t('watch.what', { name, region, count: units })} strong />
              <PlainText
                text={order ? t('watch.thenCreate', { instance: order.name }) : t('watch.thenTell')}
                soft
              />
            </span>
            <Button size="row" onClick={() => take(id)}>
              {t('common:cancel')}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
