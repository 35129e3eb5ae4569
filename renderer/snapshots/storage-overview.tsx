/** The storage of each account, or that its API does not tell of it. */
import { useTranslation } from 'react-i18next';
import type { SnapshotList } from '../../preload/contract/snapshots.ts';
import { useStores } from '../client/context.ts';
import { createActionId } from '../create/create-start.ts';
import { plainly } from '../ui/plain-text.tsx';
import classes from './snapshots-page.module.css';
import { StorageCard } from './storage-card.tsx';

const longestName = 80;

export function StorageOverview({ list }: { readonly list: SnapshotList }) {
  const { t } = useTranslation('snapshots');
  const accounts = useStores().accounts(({ items }) => items);
  const nameOf = (id: string) =>
    plainly(accounts.find((account) => account.id === id)?.name ?? id, longestName);
  // Own servers have neither snapshots nor storage, and nobody looks for them there.
  const clouds = accounts.filter(({ actions }) => actions.some(({ id }) => id === createActionId));
  return (
    <>
      {list.storage.map((storage) => (
        <StorageCard
          key={storage.account}
          accountName={nameOf(storage.account)}
          storage={storage}
        />
      ))}
      {clouds
        .filter(({ reading, parts }) => reading === 'ok' && !parts.includes('snapshots'))
        .map(({ id }) => (
          <p key={id} className={classes.absent}>
            {t('notOffered', { account: nameOf(id) })}
          </p>
        ))}
      {clouds
        .filter(({ parts }) => parts.includes('snapshots') && !parts.includes('storage'))
        .map(({ id }) => (
          <p key={id} className={classes.absent}>
            {t('storage.notOffered', { account: nameOf(id) })}
          </p>
        ))}
    </>
  );
}
