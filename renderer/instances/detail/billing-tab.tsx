/** What an instance has cost: one line per stretch of time at one price, the sum, and all of it as CSV. */
import { useTranslation } from 'react-i18next';
import type { BillingLine, Instance } from '../../../preload/contract/instances.ts';
import { sumMoney } from '../../../preload/contract/money.ts';
import { useStores } from '../../client/context.ts';
import { useBilling } from '../../client/queries.ts';
import { Button } from '../../ui/button.tsx';
import { ConsoleNote } from '../../ui/console-note.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { saveText } from '../../ui/save-text.ts';
import { StateDot } from '../../ui/state-dot.tsx';
import { useFormats } from '../../ui/texts.ts';
import { billingCsv, billingFileName } from './billing-csv.ts';
import classes from './billing-tab.module.css';
import { Block } from './detail-block.tsx';

export function BillingTab({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('instances');
  const account = useStores().accounts(({ byKey }) => byKey.get(instance.account));
  if (account?.console && !account.parts.includes('billing')) {
    return (
      <Block title={t('detail.billing')}>
        <ConsoleNote what={t('detail.billing')} url={account.console.url} />
      </Block>
    );
  }
  return <Bill instance={instance} />;
}

function Bill({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('instances');
  const { data: lines, error, refetch } = useBilling(instance.key);
  const failed = error && <FailureNote failure={error} onRetry={() => void refetch()} />;
  if (!lines) return failed;
  if (lines.length === 0) {
    return (
      <p className={classes.none}>
        {t(instance.cost.perHour ? 'billing.none' : 'billing.noPrice')}
      </p>
    );
  }
  return (
    <>
      {failed}
      <Sums instance={instance} lines={lines} />
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
          {[...lines].reverse().map((line) => (
            <LineRow key={line.from} line={line} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function LineRow({
  line: { from, to, running, perHour, amount, estimate },
}: {
  readonly line: BillingLine;
}) {
  const { t } = useTranslation('instances');
  const formats = useFormats();
  return (
    <tr data-running={running}>
      <td>{formats.dateTime(from)}</td>
      <td>
        {running ? (
          <span className={classes.running}>
            <StateDot mood="good" />
            {t('billing.running')}
          </span>
        ) : (
          formats.dateTime(to)
        )}
      </td>
      <td>{t('common:perHour', { amount: formats.money(perHour) })}</td>
      <td>
        {estimate && '≈ '}
        {formats.money(amount)}
      </td>
    </tr>
  );
}

interface SumsProps {
  readonly instance: Instance;
  readonly lines: readonly BillingLine[];
}

/** Estimates and amounts a cloud stated are never added up together. */
function Sums({ instance, lines }: SumsProps) {
  const { t } = useTranslation('instances');
  const formats = useFormats();
  const { cost, state, name } = instance;
  const sums = [true, false].flatMap((estimate) =>
    sumMoney(lines.filter((line) => line.estimate === estimate).map(({ amount }) => amount)).map(
      (amount) => ({ amount, estimate }),
    ),
  );
  const save = () => saveText(billingFileName(name), 'text/csv', billingCsv(name, lines));
  return (
    <div className={classes.sums}>
      <div className={classes.amounts}>
        {sums.map(({ amount, estimate }) => (
          <p key={`${amount.currency} ${estimate}`} className={classes.sum}>
            <b>
              {estimate && '≈ '}
              {formats.money(amount)}
            </b>
            <span>{t(estimate ? 'billing.estimate' : 'billing.stated')}</span>
          </p>
        ))}
        <p>
          {t(`billed.${state.billed}`)}
          {cost.perHour && ` · ${t('common:perHour', { amount: formats.money(cost.perHour) })}`}
        </p>
        {lines.some(({ estimate }) => estimate) && <p>{t('common:estimateWhy')}</p>}
      </div>
      <Button size="row" onClick={save}>
        {t('billing.csv')}
      </Button>
    </div>
  );
}
