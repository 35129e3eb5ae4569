/** The table's other looks: loading, failed, stale, and nothing that matches. */
import { useTranslation } from 'react-i18next';
import type { CloudError } from '../../preload/contract/errors.ts';
import { useClient, useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { useFormats } from '../ui/texts.ts';
import classes from './table-looks.module.css';

const skeletonRows = Array.from({ length: 12 }, (_, index) => index);

export function TableLoading() {
  const { t } = useTranslation();
  return (
    <div className={classes.loading} role="status" aria-label={t('common:loading')}>
      {skeletonRows.map((index) => (
        <div key={index} className={classes.skeleton}>
          <span />
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}

export function TableFailed({ failure }: { readonly failure: CloudError }) {
  const { t } = useTranslation('instances');
  return (
    <div className={classes.failed}>
      <h2>{t('listFailed')}</h2>
      <FailureNote failure={failure} onRetry={() => location.reload()} />
    </div>
  );
}

/** Accounts that could not be read: what is shown of them is what was read last. */
export function StaleNote() {
  const { t } = useTranslation('instances');
  const formats = useFormats();
  const client = useClient();
  const accounts = useStores().accounts(({ items }) => items);
  const failed = accounts.filter((account) => account.failure);
  return failed.map(
    ({ id, name, failure, lastReadAt }) =>
      failure && (
        <div key={id} className={classes.stale}>
          <p>
            {lastReadAt
              ? t('accountStale', { account: name, at: formats.dateTime(lastReadAt) })
              : t('accountNeverRead', { account: name })}
          </p>
          <FailureNote
            failure={failure}
            // How it went is told by the account itself.
            onRetry={() => void client.call('accounts.refresh', { account: id }).catch(() => {})}
          />
        </div>
      ),
  );
}

export function NothingMatches({ total }: { readonly total: number }) {
  const { t } = useTranslation('instances');
  const { useInstancesView } = useView();
  const clearFilter = useInstancesView((state) => state.clearFilter);
  const showTab = useInstancesView((state) => state.showTab);
  const isFiltered = useInstancesView(({ search, chips }) => search !== '' || chips.length > 0);
  const isAllRead = useStores().accounts(({ items }) =>
    items.every(({ reading }) => reading === 'ok'),
  );
  // What could not be read is not "none".
  if (total === 0) {
    return <p className={classes.nothing}>{t(isAllRead ? 'none' : 'notAllRead')}</p>;
  }
  return (
    <div className={classes.nothing}>
      <p>{t(isFiltered ? 'noneMatches' : 'noneInState')}</p>
      <Button
        onClick={() => {
          clearFilter();
          if (!isFiltered) showTab('all');
        }}
      >
        {t(isFiltered ? 'clearFilter' : 'showAll')}
      </Button>
    </div>
  );
}
