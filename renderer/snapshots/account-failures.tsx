/** Accounts whose snapshots could not be read, beside those that could. */
import { useTranslation } from 'react-i18next';
import type { SnapshotList } from '../../preload/contract/snapshots.ts';
import { useStores } from '../client/context.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { plainly } from '../ui/plain-text.tsx';
import classes from './snapshots-page.module.css';

const longestName = 80;

interface AccountFailuresProps {
  readonly failures: SnapshotList['failures'];
  readonly onRetry: () => void;
}

export function AccountFailures({ failures, onRetry }: AccountFailuresProps) {
  const { t } = useTranslation('snapshots');
  const accounts = useStores().accounts(({ byKey }) => byKey);
  return failures.map(({ account, failure }) => (
    <div key={account} className={classes.failed}>
      <h2>
        {t('accountFailed', {
          account: plainly(accounts.get(account)?.name ?? account, longestName),
        })}
      </h2>
      <FailureNote failure={failure} onRetry={onRetry} />
    </div>
  ));
}
