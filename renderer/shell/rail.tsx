/** The rail on the left: the pages there are, and the accounts with how their last reading went. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../preload/contract/accounts.ts';
import { accountMoods } from '../accounts/account-moods.ts';
import { useStores } from '../client/context.ts';
import { isEnded } from '../files/transfer-states.ts';
import { isLive } from '../jobs/job-states.ts';
import {
  FilesIcon,
  InstancesIcon,
  JobsIcon,
  PlusIcon,
  SettingsIcon,
  SnapshotsIcon,
  TunnelsIcon,
} from '../ui/icons.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import type { Page } from './navigation.ts';
import classes from './rail.module.css';
import { useView } from './view-context.ts';

const icons = {
  instances: InstancesIcon,
  snapshots: SnapshotsIcon,
  tunnels: TunnelsIcon,
  files: FilesIcon,
  jobs: JobsIcon,
  settings: SettingsIcon,
} as const;

export function Rail() {
  const { t } = useTranslation();
  const stores = useStores();
  const instanceCount = stores.instances(({ items }) => items.length);
  const tunnelCount = stores.tunnels(({ items }) => items.length);
  const transferCount = stores.transfers(
    ({ items }) => items.filter((transfer) => !isEnded(transfer)).length,
  );
  const liveJobs = stores.jobs(({ items }) => items.filter(isLive).length);
  const hasSnapshots = stores.accounts(({ items }) =>
    items.some(({ parts }) => parts.includes('snapshots')),
  );
  return (
    <nav className={classes.rail} aria-label={t('pages')}>
      <PageLink page="instances" count={instanceCount} />
      {hasSnapshots && <PageLink page="snapshots" />}
      <PageLink page="tunnels" count={tunnelCount} />
      <PageLink page="files" count={transferCount} />
      <PageLink page="jobs" count={liveJobs} />
      <Accounts />
      <div className={classes.room} />
      <PageLink page="settings" />
    </nav>
  );
}

function PageLink({ page, count = 0 }: { readonly page: Page; readonly count?: number }) {
  const { t } = useTranslation();
  const { useNavigation } = useView();
  const current = useNavigation((state) => state.page === page);
  const go = useNavigation((state) => state.go);
  const Icon = icons[page];
  return (
    <button
      type="button"
      className={classes.link}
      aria-current={current ? 'page' : undefined}
      title={t(`page.${page}`)}
      onClick={() => go(page)}
    >
      <Icon />
      <span className={classes.label}>{t(`page.${page}`)}</span>
      {count > 0 && <span className={classes.count}>{count}</span>}
    </button>
  );
}

function Accounts() {
  const { t } = useTranslation();
  const stores = useStores();
  const accounts = stores.accounts(({ items }) => items);
  const instances = stores.instances(({ items }) => items);
  const counts = useMemo(() => {
    const perAccount = new Map<string, number>();
    for (const { account } of instances) {
      perAccount.set(account, (perAccount.get(account) ?? 0) + 1);
    }
    return perAccount;
  }, [instances]);
  return (
    <section className={classes.accounts} aria-label={t('accounts')}>
      <h2>{t('accounts')}</h2>
      {accounts.map((account) => (
        <AccountLink key={account.id} account={account} count={counts.get(account.id) ?? 0} />
      ))}
      <ConnectLink />
    </section>
  );
}

function ConnectLink() {
  const { t } = useTranslation();
  const open = useView().useConnectFlow((flow) => flow.open);
  return (
    <button
      type="button"
      className={classes.link}
      data-quiet
      title={t('connectAccount')}
      onClick={open}
    >
      <PlusIcon />
      <span className={classes.label}>{t('connectAccount')}</span>
    </button>
  );
}

function AccountLink({ account, count }: { readonly account: Account; readonly count: number }) {
  const { t } = useTranslation();
  const { useInstancesView, useNavigation } = useView();
  const chip = { facet: 'account', value: account.id } as const;
  const chosen = useInstancesView(({ chips }) =>
    chips.some(({ facet, value }) => facet === 'account' && value === account.id),
  );
  const { addChip, removeChip } = useInstancesView.getState();
  const go = useNavigation((state) => state.go);
  const state = t(`accounts:reading.${account.reading}`);
  return (
    <button
      type="button"
      className={classes.link}
      aria-pressed={chosen}
      aria-description={t('showOnlyAccount')}
      onClick={() => {
        if (chosen) removeChip(chip);
        else addChip(chip);
        go('instances');
      }}
    >
      <span className={classes.dot} title={state}>
        <StateDot mood={accountMoods[account.reading]} />
        <span className="hidden-text">{state}</span>
      </span>
      <span className={classes.label}>
        <PlainText text={account.name} />
      </span>
      {count > 0 && <span className={classes.count}>{count}</span>}
    </button>
  );
}
