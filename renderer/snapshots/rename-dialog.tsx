/** Gives a snapshot another name. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedSnapshot } from '../../preload/contract/snapshots.ts';
import { useClient } from '../client/context.ts';
import { useSnapshots } from '../client/queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogButtons } from '../ui/dialog-buttons.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { useSubmit } from '../ui/use-submit.ts';

const longestName = 64;

interface SnapshotDialogProps {
  readonly snapshot: SavedSnapshot;
  readonly onClose: () => void;
}

export function RenameDialog({ snapshot, onClose }: SnapshotDialogProps) {
  const { t } = useTranslation('snapshots');
  const client = useClient();
  const { refetch } = useSnapshots();
  const [name, setName] = useState(snapshot.name);
  const { busy, failure, run } = useSubmit();
  const isEmpty = name.trim() === '';

  const submit = () => {
    if (isEmpty) return;
    run(async () => {
      const { account, id } = snapshot;
      await client.call('snapshots.rename', { account, id, name: name.trim() });
      await refetch();
    }, onClose);
  };

  return (
    <Dialog
      title={t('rename.title')}
      subtitle={<PlainText text={snapshot.name} />}
      onClose={onClose}
      onSubmit={submit}
      footer={<DialogButtons submitLabel={t('common:save')} busy={busy} onCancel={onClose} />}
    >
      <TextInput
        size="xs"
        label={t('rename.name')}
        data-autofocus
        maxLength={longestName}
        error={isEmpty && t('rename.empty')}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
