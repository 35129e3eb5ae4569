/** The snapshots under one tab as a table, or that there are none. */
import { useTranslation } from 'react-i18next';
import type { SnapshotList } from '../../preload/contract/snapshots.ts';
import { useStores } from '../client/context.ts';
import { SnapshotsIcon } from '../ui/icons.tsx';
import { PlaceholderRows } from '../ui/placeholder-rows.tsx';
import classes from '../ui/table-page.module.css';
import { SnapshotRow } from './snapshot-row.tsx';
import { rowsOf, type SnapshotTab, snapshotKey } from './snapshot-rows.ts';
import type { SnapshotActions } from './use-snapshot-actions.ts';

const columns = ['id', 'name', 'size', 'status', 'created', 'account'] as const;
const minor: readonly string[] = ['id', 'account'];

interface SnapshotTableProps {
  /** Absent: not read yet. */
  readonly list: SnapshotList | undefined;
  readonly tab: SnapshotTab;
  readonly actions: SnapshotActions;
}

export function SnapshotTable({ list, tab, actions }: SnapshotTableProps) {
  const { t } = useTranslation('snapshots');
  const accounts = useStores().accounts(({ byKey }) => byKey);
  const rows = rowsOf(list?.snapshots ?? [], tab);
  if (list && rows.length === 0) {
    // An error is never an empty list: with one account unread nobody can say there is none.
    return list.failures.length > 0 ? null : <NoSnapshots tab={tab} />;
  }
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-busy={!list} aria-label={t(`tab.${tab}`)}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                data-figures={column === 'size' || undefined}
                data-minor={minor.includes(column) || undefined}
              >
                {t(`columns.${column}`)}
              </th>
            ))}
            <th scope="col" data-figures>
              {t('columns.action')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((snapshot) => (
            <SnapshotRow
              key={snapshotKey(snapshot)}
              snapshot={snapshot}
              accountName={accounts.get(snapshot.account)?.name ?? snapshot.account}
              actions={actions}
            />
          ))}
          {!list && <PlaceholderRows columns={columns.length + 1} />}
        </tbody>
      </table>
    </div>
  );
}

function NoSnapshots({ tab }: { readonly tab: SnapshotTab }) {
  const { t } = useTranslation('snapshots');
  return (
    <div className={classes.empty}>
      <SnapshotsIcon size={34} />
      <h2>{t(`empty.${tab}.title`)}</h2>
      <p>{t(`empty.${tab}.text`)}</p>
    </div>
  );
}
