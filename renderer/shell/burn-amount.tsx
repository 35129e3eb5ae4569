/** What everything running costs an hour, per currency; marked where it was only worked out. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { burnOf } from '../instances/totals.ts';
import { useFormats } from '../ui/texts.ts';
import classes from './burn-amount.module.css';

export function BurnAmount({ look }: { readonly look: 'pill' | 'line' }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const instances = useStores().instances(({ items }) => items);
  const { perHour, estimate } = useMemo(() => burnOf(instances), [instances]);
  if (perHour.length === 0) return null;
  const amounts = perHour
    .map((amount) => t('perHour', { amount: formats.money(amount) }))
    .join(' + ');
  return (
    <span className={classes.burn} data-look={look} title={estimate ? t('estimateWhy') : undefined}>
      {t('burn')} <b className="figures">{amounts}</b>
      {estimate && <i>{t('estimate')}</i>}
    </span>
  );
}
