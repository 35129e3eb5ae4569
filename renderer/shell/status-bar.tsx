/** The line at the foot: when the accounts were read, what an hour costs, what is open. */
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { StockLine } from '../create/stock-line.tsx';
import { TransfersPill } from '../files/transfers-pill.tsx';
import { LiveJob } from '../jobs/live-job.tsx';
import { TunnelsPill } from '../tunnels/tunnels-pill.tsx';
import { type Mood, StateDot } from '../ui/state-dot.tsx';
import { useFormats } from '../ui/texts.ts';
import { useNow } from '../ui/use-now.ts';
import { BurnAmount } from './burn-amount.tsx';
import classes from './status-bar.module.css';

export function StatusBar() {
  const { t } = useTranslation();
  const stores = useStores();
  const terminalsOpen = stores.terminals(
    ({ items }) => items.filter(({ state }) => state === 'open').length,
  );
  return (
    <footer className={classes.bar}>
      <AccountsRead />
      <BurnAmount look="line" />
      <TunnelsPill />
      <span>
        {t('terminals')} <b>{t('open', { count: terminalsOpen })}</b>
      </span>
      <span className={classes.end}>
        <StockLine />
        <TransfersPill />
        <LiveJob />
      </span>
    </footer>
  );
}

function AccountsRead() {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow(1000);
  const { look, items } = useStores().accounts();
  if (look === 'loading') return <span>{t('readingAccounts')}</span>;
  const failed = items.filter(({ reading }) => reading === 'failed').length;
  const lastReadAt = items
    .map((account) => account.lastReadAt)
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
  const mood: Mood = look !== 'fresh' ? 'warn' : failed > 0 ? 'bad' : 'good';
  return (
    <span className={classes.accounts}>
      <StateDot mood={mood} />
      <span>{t('accountCount', { count: items.length })}</span>
      {lastReadAt && (
        <span title={formats.dateTime(lastReadAt)}>
          {t('lastRead', { ago: formats.duration(now - Date.parse(lastReadAt)) })}
        </span>
      )}
      {failed > 0 && <b className={classes.failed}>{t('accountsFailed', { count: failed })}</b>}
      {look !== 'fresh' && <b className={classes.stale}>{t('stale')}</b>}
    </span>
  );
}
