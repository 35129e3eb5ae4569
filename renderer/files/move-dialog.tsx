/** Moves what is chosen into another directory of the same instance. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileEntry } from '../../preload/contract/files.ts';
import { useClient } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogButtons } from '../ui/dialog-buttons.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { plainly } from '../ui/plain-text.tsx';
import { useSubmit } from '../ui/use-submit.ts';
import { shownName } from './file-name.tsx';
import { joinPath, typedPath } from './remote-path.ts';
import type { FileActions } from './use-file-actions.ts';

const longestPath = 120;

interface MoveDialogProps {
  readonly actions: FileActions;
  readonly entries: readonly FileEntry[];
  readonly onClose: () => void;
}

export function MoveDialog({ actions, entries, onClose }: MoveDialogProps) {
  const { t } = useTranslation('files');
  const client = useClient();
  const { useFilesView, useToasts } = useView();
  const { instance, path } = actions.place;
  const home = useFilesView(({ homes }) => homes.get(instance));
  const [text, setText] = useState(path);
  const { busy, failure, run, stop } = useSubmit();
  const [first] = entries;
  const target = typedPath(text, path, home) || path;

  const submit = () => {
    if (target === path) return onClose();
    run(async (signal) => {
      try {
        for (const { name } of entries) {
          const call = { instance, from: joinPath(path, name), to: joinPath(target, name) };
          await client.call('files.rename', call, signal);
        }
        const words = { count: entries.length, path: plainly(target, longestPath) };
        useToasts.getState().say({ kind: 'done', text: t('move.done', words) });
        onClose();
      } finally {
        // Some may be there even when one of them was refused.
        await actions.readAgain();
      }
    });
  };

  return (
    <Dialog
      title={t('move.title')}
      subtitle={
        entries.length === 1 && first
          ? shownName(first.name)
          : t('items', { count: entries.length })
      }
      onClose={onClose}
      onSubmit={submit}
      footer={
        <DialogButtons
          submitLabel={t('move.submit')}
          busy={busy}
          onCancel={busy ? stop : onClose}
        />
      }
    >
      <TextInput
        size="xs"
        label={t('move.directory')}
        description={t('move.hint')}
        data-autofocus
        spellCheck={false}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
