/** What an instance has cost, marked ≈ where it was worked out here; else its price; else that nobody said one. */
import type { Cost } from '../../preload/contract/instances.ts';
import { useCellTools } from './cell-tools.ts';
import classes from './cost-amount.module.css';

export function CostAmount({ cost }: { readonly cost: Cost }) {
  const { t, formats } = useCellTools();
  const { accrued, perHour, estimate } = cost;
  if (!accrued && !perHour) return <span className={classes.none}>{t('instances:noPrice')}</span>;
  const price = perHour && t('common:perHour', { amount: formats.money(perHour) });
  const title = [price, estimate && t('common:estimateWhy')].filter(Boolean).join(' · ');
  return (
    <span className={classes.amount} title={title}>
      {estimate && <span className={classes.mark}>≈ </span>}
      {accrued ? formats.money(accrued) : price}
    </span>
  );
}
