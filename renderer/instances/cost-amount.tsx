/** What an instance has cost, marked ≈ where it was worked out here; and whether it is billed just now. */
import type { Instance } from '../../preload/contract/instances.ts';
import { useCellTools } from './cell-tools.ts';
import classes from './cost-amount.module.css';

export function CostAmount({ instance }: { readonly instance: Instance }) {
  const { t, formats } = useCellTools();
  const { accrued, perHour, estimate } = instance.cost;
  const { billed } = instance.state;
  if (!accrued && !perHour) return <span className={classes.none}>{t('instances:noPrice')}</span>;
  const price = perHour && t('common:perHour', { amount: formats.money(perHour) });
  const state = t(`instances:billed.${billed}`);
  const title = [state, price, estimate && t('common:estimateWhy')].filter(Boolean).join(' · ');
  return (
    <span className={classes.cost} title={title}>
      <span className={classes.amount}>
        {estimate && <span className={classes.mark}>≈ </span>}
        {accrued ? formats.money(accrued) : price}
      </span>
      <span className={classes.billed} data-billed={billed}>
        {state}
      </span>
    </span>
  );
}
