/** Makes a directory in the one that is shown. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogButtons } from '../ui/dialog-buttons.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { useSubmit } from '../ui/use-submit.ts';
import { nameProblem } from './name-problem.ts';
import { joinPath } from './remote-path.ts';
import { selectOne } from './selection.ts';
import type { FileActions } from './use-file-actions.ts';

interface NewFolderDialogProps {
  readonly actions: FileActions;
  readonly onClose: () => void;
}

export function NewFolderDialog({ actions, onClose }: NewFolderDialogProps) {
  const { t } = useTranslation('files');
  const client = useClient();
  const select = useView().useFilesView((view) => view.select);
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, failure, run } = useSubmit();
  const { instance, path } = actions.place;
  const problem = nameProblem(name);

  const submit = () => {
    setTried(true);
    if (problem) return;
    run(async () => {
      await client.call('files.makeDirectory', { instance, path: joinPath(path, name) });
      await actions.readAgain();
      select(selectOne(name));
      onClose();
    });
  };

  return (
    <Dialog
      title={t('newFolder.title')}
      subtitle={<PlainText text={path} mono />}
      onClose={onClose}
      onSubmit={submit}
      footer={<DialogButtons submitLabel={t('newFolder.submit')} busy={busy} onCancel={onClose} />}
    >
      <TextInput
        size="xs"
        label={t('newFolder.name')}
        data-autofocus
        spellCheck={false}
        error={tried && problem && t(`nameProblem.${problem}`)}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
