/** Deletes what is chosen after naming it: there is nothing to bring it back. */
import { useTranslation } from 'react-i18next';
import type { FileEntry } from '../../preload/contract/files.ts';
import { useClient } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogButtons } from '../ui/dialog-buttons.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { useSubmit } from '../ui/use-submit.ts';
import classes from './dialogs.module.css';
import { FileName } from './file-name.tsx';
import { joinPath } from './remote-path.ts';
import type { FileActions } from './use-file-actions.ts';

const mostNamed = 6;
/** One order names so many: a frame of the page holds no more than it may. */
const removedAtOnce = 1000;

interface RemoveDialogProps {
  readonly actions: FileActions;
  readonly entries: readonly FileEntry[];
  readonly onClose: () => void;
}

export function RemoveDialog({ actions, entries, onClose }: RemoveDialogProps) {
  const { t } = useTranslation('files');
  const client = useClient();
  const { say } = useView().useToasts.getState();
  const { busy, failure, run, stop } = useSubmit();
  const { instance, path } = actions.place;
  const has = (kind: FileEntry['kind']) => entries.some((entry) => entry.kind === kind);

  const submit = () =>
    run(async (signal) => {
      const paths = entries.map(({ name }) => joinPath(path, name));
      try {
        let removed = 0;
        for (let at = 0; at < paths.length; at += removedAtOnce) {
          const part = paths.slice(at, at + removedAtOnce);
          const answer = await client.call('files.remove', { instance, paths: part }, signal);
          removed += answer.removed;
        }
        say({ kind: 'done', text: t('remove.done', { count: removed }) });
        onClose();
      } finally {
        // Some may be gone even when the whole was not carried out.
        await actions.readAgain();
      }
    });

  return (
    <Dialog
      title={t('remove.title', { count: entries.length })}
      subtitle={<PlainText text={path} mono />}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <DialogButtons
          submitLabel={t('remove.submit')}
          danger
          busy={busy}
          onCancel={busy ? stop : onClose}
        />
      }
    >
      <ul className={classes.names}>
        {entries.slice(0, mostNamed).map((entry) => (
          <li key={entry.name}>
            <FileName entry={entry} />
          </li>
        ))}
        {entries.length > mostNamed && (
          <li className={classes.more}>{t('andMore', { count: entries.length - mostNamed })}</li>
        )}
      </ul>
      <p>
        {has('directory') && `${t('remove.directories')} `}
        {has('link') && `${t('remove.links')} `}
        {t('remove.forGood')}
      </p>
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
