/** Deletes a snapshot after asking: for a time, or for good. */
import { useTranslation } from 'react-i18next';
import type { SavedSnapshot } from '../../preload/contract/snapshots.ts';
import { useClient } from '../client/context.ts';
import { useSnapshots } from '../client/queries.ts';
import { useView } from '../shell/view-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogButtons } from '../ui/dialog-buttons.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText, plainly } from '../ui/plain-text.tsx';
import { useFormats } from '../ui/texts.ts';
import { useSubmit } from '../ui/use-submit.ts';
import { snapshotKey } from './snapshot-rows.ts';

const longestName = 80;

interface RemoveDialogProps {
  readonly snapshot: SavedSnapshot;
  readonly forGood: boolean;
  readonly onClose: () => void;
}

export function RemoveDialog({ snapshot, forGood, onClose }: RemoveDialogProps) {
  const { t } = useTranslation('snapshots');
  const formats = useFormats();
  const client = useClient();
  const { refetch } = useSnapshots();
  const { say } = useView().useToasts.getState();
  const { busy, failure, run } = useSubmit();
  const name = plainly(snapshot.name, longestName);
  const texts = forGood ? 'removeForGood' : 'remove';

  /** Until when it can be restored is known only once the cloud has it among the restorable ones. */
  const doneText = async () => {
    const { data } = await refetch();
    if (forGood) return t('removeForGood.done', { name });
    const key = snapshotKey(snapshot);
    const kept = data?.snapshots.find((candidate) => snapshotKey(candidate) === key);
    return kept?.expiresAt
      ? t('remove.doneUntil', { name, at: formats.dateTime(kept.expiresAt) })
      : t('remove.done', { name });
  };

  const submit = () =>
    run(async () => {
      const { account, id } = snapshot;
      await client.call('snapshots.remove', { account, id, forGood });
      say({ kind: 'done', text: await doneText() });
    }, onClose);

  return (
    <Dialog
      title={t(`${texts}.title`)}
      subtitle={<PlainText text={snapshot.name} strong />}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <DialogButtons submitLabel={t(`${texts}.open`)} danger busy={busy} onCancel={onClose} />
      }
    >
      <p>{t(`${texts}.what`, { size: formats.binaryBytes(snapshot.sizeBytes) })}</p>
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
