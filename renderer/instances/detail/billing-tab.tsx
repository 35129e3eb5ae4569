/** What an instance has cost: one line per stretch of time at one price, and the sum; estimates say so. */
import { useTranslation } from 'react-i18next';
import type { BillingLine, Instance } from '../../../preload/contract/instances.ts';
import { sumMoney } from '../../../preload/contract/money.ts';
import { useBilling } from '../../client/queries.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useFormats } from '../../ui/texts.ts';
import classes from './billing-tab.module.css';

export function BillingTab({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('instances');
  const { data: lines, error } = useBilling(instance.key);
  if (error && !lines) return <FailureNote failure={error} />;
  if (!lines) return null;
  if (lines.length === 0) {
    return (
      <p className={classes.none}>
        {t(instance.cost.perHour ? 'billing.none' : 'billing.noPrice')}
      </p>
    );
  }
  return (
    <>
      <Sums lines={lines} />
      <table className={classes.lines}>
        <thead>
          <tr>
            <th scope="col">{t('billing.from')}</th>
            <th scope="col">{t('billing.to')}</th>
            <th scope="col">{t('billing.price')}</th>
            <th scope="col">{t('billing.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <LineRow key={line.from} line={line} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function LineRow({
  line: { from, to, perHour, amount, estimate },
}: {
  readonly line: BillingLine;
}) {
  const { t } = useTranslation('instances');
  const formats = useFormats();
  return (
    <tr>
      <td>{formats.dateTime(from)}</td>
      <td>{formats.dateTime(to)}</td>
      <td>{t('common:perHour', { amount: formats.money(perHour) })}</td>
      <td>
        {estimate && '≈ '}
        {formats.money(amount)}
      </td>
    </tr>
  );
}

/** Estimates and amounts a cloud stated are never added up together. */
function Sums({ lines }: { readonly lines: readonly BillingLine[] }) {
  const { t } = useTranslation('instances');
  const formats = useFormats();
  const sums = [true, false].flatMap((estimate) =>
    sumMoney(lines.filter((line) => line.estimate === estimate).map(({ amount }) => amount)).map(
      (amount) => ({ amount, estimate }),
    ),
  );
  return (
    <div className={classes.sums}>
      {sums.map(({ amount, estimate }) => (
        <p key={`${amount.currency} ${estimate}`} className={classes.sum}>
          <b>
            {estimate && '≈ '}
            {formats.money(amount)}
          </b>
          <span>{t(estimate ? 'billing.estimate' : 'billing.stated')}</span>
        </p>
      ))}
      {lines.some(({ estimate }) => estimate) && <p>{t('common:estimateWhy')}</p>}
    </div>
  );
}
