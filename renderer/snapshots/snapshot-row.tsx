/** One snapshot as a row of the table, with what may be done with it. */
import { useTranslation } from 'react-i18next';
import type { SavedSnapshot } from '../../preload/contract/snapshots.ts';
import { Button } from '../ui/button.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import tableClasses from '../ui/table-page.module.css';
import { useFormats, useWord } from '../ui/texts.ts';
import { snapshotMood } from './snapshot-rows.ts';
import classes from './snapshots-page.module.css';
import type { SnapshotActions } from './use-snapshot-actions.ts';

interface SnapshotRowProps {
  readonly snapshot: SavedSnapshot;
  readonly accountName: string;
  readonly actions: SnapshotActions;
}

export function SnapshotRow({ snapshot, accountName, actions }: SnapshotRowProps) {
  const { t } = useTranslation('snapshots');
  const formats = useFormats();
  const { id, name, sizeBytes, status, createdAt, sourceName } = snapshot;
  return (
    <tr>
      <td data-minor>
        <PlainText text={id} mono soft />
      </td>
      <td className={tableClasses.name}>
        <PlainText text={name} strong />
        {sourceName && (
          <span className={classes.source}>
            <PlainText text={t('of', { instance: sourceName })} soft />
          </span>
        )}
      </td>
      <td data-figures>{formats.binaryBytes(sizeBytes)}</td>
      <td>
        <Status snapshot={snapshot} />
      </td>
      <td>{createdAt && <time dateTime={createdAt}>{formats.dateTime(createdAt)}</time>}</td>
      <td data-minor>
        <PlainText text={accountName} soft />
      </td>
      <td>
        <span className={tableClasses.actions}>
          {status.kind === 'restorable' ? (
            <RestorableButtons snapshot={snapshot} actions={actions} />
          ) : (
            <AvailableButtons snapshot={snapshot} actions={actions} />
          )}
        </span>
      </td>
    </tr>
  );
}

function Status({ snapshot: { status, expiresAt } }: { readonly snapshot: SavedSnapshot }) {
  const { t } = useTranslation('snapshots');
  const word = useWord();
  const formats = useFormats();
  return (
    <span className={classes.status}>
      <span>
        <StateDot mood={snapshotMood(status.kind)} />
        <PlainText text={word(`snapshots:status.${status.word}`, status.word)} />
        {status.kind === 'saving' && <ProgressBar label={t('saving')} />}
      </span>
      {status.kind === 'restorable' && expiresAt && (
        <time dateTime={expiresAt}>{t('until', { at: formats.dateTime(expiresAt) })}</time>
      )}
    </span>
  );
}

interface ButtonsProps {
  readonly snapshot: SavedSnapshot;
  readonly actions: SnapshotActions;
}

function AvailableButtons({ snapshot, actions }: ButtonsProps) {
  const { t } = useTranslation('snapshots');
  const { kind, word } = snapshot.status;
  const reason =
    kind === 'available'
      ? undefined
      : kind === 'saving'
        ? t('reason.saving')
        : t('reason.unknown', { status: word });
  const create = actions.creatorOf(snapshot);
  return (
    <>
      {create && (
        <Button size="row" reason={reason ?? create.reason} onClick={create.start}>
          {t('create')}
        </Button>
      )}
      <Button size="row" reason={reason} onClick={() => actions.ask('rename', snapshot)}>
        {t('rename.open')}
      </Button>
      <Button
        size="row"
        look="danger"
        reason={reason}
        onClick={() => actions.ask('remove', snapshot)}
      >
        {t('remove.open')}
      </Button>
    </>
  );
}

function RestorableButtons({ snapshot, actions }: ButtonsProps) {
  const { t } = useTranslation('snapshots');
  return (
    <>
      <Button
        size="row"
        busy={actions.isRestoring(snapshot)}
        onClick={() => actions.restore(snapshot)}
      >
        {t('restore')}
      </Button>
      <Button size="row" look="danger" onClick={() => actions.ask('remove-for-good', snapshot)}>
        {t('removeForGood.open')}
      </Button>
    </>
  );
}
