/** Permissions as boxes and as octal digits, for one or for many, and for all that is in a directory. */
import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileEntry } from '../../preload/contract/files.ts';
import { useClient } from '../client/context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogButtons } from '../ui/dialog-buttons.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { plainly } from '../ui/plain-text.tsx';
import { useSubmit } from '../ui/use-submit.ts';
import classes from './dialogs.module.css';
import { modeText, octalText, readOctal } from './mode-bits.ts';
import { ModeBoxes } from './mode-boxes.tsx';
import { joinPath } from './remote-path.ts';
import type { FileActions } from './use-file-actions.ts';

const longestName = 80;

interface ModeDialogProps {
  readonly actions: FileActions;
  readonly entries: readonly FileEntry[];
  readonly onClose: () => void;
}

export function ModeDialog({ actions, entries, onClose }: ModeDialogProps) {
  const { t } = useTranslation('files');
  const client = useClient();
  const { busy, failure, run, stop } = useSubmit();
  const [first] = entries;
  // A link tells its own permissions, which mean nothing: what is set are those of its target.
  const known = first && first.kind !== 'link' ? octalText(first.mode) : '';
  const [octal, setOctal] = useState(known);
  const [recursive, setRecursive] = useState(false);
  const [tried, setTried] = useState(false);
  const mode = readOctal(octal);
  const differ = entries.some((entry) => entry.mode !== first?.mode);
  const { instance, path } = actions.place;

  const submit = () => {
    setTried(true);
    if (mode === undefined) return;
    run(async (signal) => {
      try {
        for (const entry of entries) {
          const call = {
            instance,
            path: joinPath(path, entry.name),
            mode,
            recursive: recursive && entry.kind === 'directory',
          };
          await client.call('files.setMode', call, signal);
        }
        onClose();
      } finally {
        await actions.readAgain();
      }
    });
  };

  return (
    <Dialog
      title={t('mode.title')}
      subtitle={
        entries.length === 1 && first
          ? plainly(first.name, longestName)
          : t('items', { count: entries.length })
      }
      onClose={onClose}
      onSubmit={submit}
      footer={
        <DialogButtons
          submitLabel={t('mode.submit')}
          busy={busy}
          onCancel={busy ? stop : onClose}
        />
      }
    >
      {differ && <p className={classes.note}>{t('mode.differ')}</p>}
      <ModeBoxes mode={mode ?? 0} onChange={(next) => setOctal(octalText(next))} />
      <div className={classes.octal}>
        <TextInput
          size="xs"
          label={t('mode.octal')}
          data-autofocus
          spellCheck={false}
          maxLength={4}
          error={(tried || octal !== '') && mode === undefined && t('mode.octalWrong')}
          value={octal}
          onChange={({ currentTarget }) => setOctal(currentTarget.value)}
        />
        <code>{first && mode !== undefined && modeText(first.kind, mode)}</code>
      </div>
      {entries.some(({ kind }) => kind === 'directory') && (
        <Checkbox
          size="xs"
          label={t('mode.recursive')}
          description={t('mode.recursiveHint')}
          checked={recursive}
          onChange={({ currentTarget }) => setRecursive(currentTarget.checked)}
        />
      )}
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
