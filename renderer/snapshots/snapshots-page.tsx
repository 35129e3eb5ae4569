/** The snapshots of every account that has them, and the storage they use. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSnapshots } from '../client/queries.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { TabList } from '../ui/tab-list.tsx';
import classes from '../ui/table-page.module.css';
import { AccountFailures } from './account-failures.tsx';
import { ImageTable } from './image-table.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { rowsOf, type SnapshotTab } from './snapshot-rows.ts';
import { SnapshotTable } from './snapshot-table.tsx';
import { StorageOverview } from './storage-overview.tsx';
import { useImages } from './use-images.ts';
import { useSnapshotActions } from './use-snapshot-actions.ts';

type PageTab = SnapshotTab | 'images';

export function SnapshotsPage() {
  const { t } = useTranslation('snapshots');
  const { data, error, refetch } = useSnapshots();
  const [tab, setTab] = useState<PageTab>('available');
  const images = useImages();
  const countOf = (kind: SnapshotTab) => data && rowsOf(data.snapshots, kind).length;
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
        tabs={[
          { id: 'available', label: t('tab.available'), count: countOf('available') },
          { id: 'restorable', label: t('tab.restorable'), count: countOf('restorable') },
          { id: 'images', label: t('tab.images'), count: images.count },
        ]}
      />
      {tab === 'images' && <ImageTable images={images} />}
      {tab !== 'images' && (data || !error) && (
        <SnapshotTable list={data} tab={tab} actions={actions} />
      )}
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
