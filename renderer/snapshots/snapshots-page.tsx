/** The snapshots of every account that has them, and the storage they use. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSnapshots } from '../client/queries.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { TabList } from '../ui/tab-list.tsx';
import classes from '../ui/table-page.module.css';
import { AccountFailures } from './account-failures.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { rowsOf, type SnapshotTab, snapshotTabs } from './snapshot-rows.ts';
import { SnapshotTable } from './snapshot-table.tsx';
import { StorageOverview } from './storage-overview.tsx';
import { useSnapshotActions } from './use-snapshot-actions.ts';

export function SnapshotsPage() {
  const { t } = useTranslation('snapshots');
  const { data, error, refetch } = useSnapshots();
  const [tab, setTab] = useState<SnapshotTab>('available');
  const actions = useSnapshotActions();
  const { asked } = actions;
  return (
    <section className={classes.page} aria-label={t('title')}>
      <header className={classes.header}>
        <h1>{t('title')}</h1>
      </header>
      {error && <FailureNote failure={error} onRetry={() => void refetch()} />}
      {data && <AccountFailures failures={data.failures} onRetry={() => void refetch()} />}
      {data && <StorageOverview list={data} />}
      <TabList
        label={t('tabs')}
        chosen={tab}
        onChoose={setTab}
        tabs={snapshotTabs.map((id) => ({
          id,
          label: t(`tab.${id}`),
          count: data && rowsOf(data.snapshots, id).length,
        }))}
      />
      {(data || !error) && <SnapshotTable list={data} tab={tab} actions={actions} />}
      {asked?.question === 'rename' && (
        <RenameDialog snapshot={asked.snapshot} onClose={actions.stopAsking} />
      )}
      {(asked?.question === 'remove' || asked?.question === 'remove-for-good') && (
        <RemoveDialog
          snapshot={asked.snapshot}
          forGood={asked.question === 'remove-for-good'}
          onClose={actions.stopAsking}
        />
      )}
    </section>
  );
}
