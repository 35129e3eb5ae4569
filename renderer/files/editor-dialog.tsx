/** A text of an instance edited in place: written back only over what was read, and never lost by a slip. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileEntry } from '../../preload/contract/files.ts';
import { useClient } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { plainly } from '../ui/plain-text.tsx';
import classes from './editor-dialog.module.css';
import { EditorField } from './editor-field.tsx';
import { ChangedMeanwhile, UnsavedQuestion } from './editor-questions.tsx';
import { fromField, lineEndsOf, toField } from './editor-text.ts';
import { shownName } from './file-name.tsx';
import { joinPath } from './remote-path.ts';
import { useEditedFile } from './use-edited-file.ts';
import type { FileActions } from './use-file-actions.ts';

interface EditorDialogProps {
  readonly actions: FileActions;
  readonly entry: FileEntry;
  readonly onClose: () => void;
}

const longestPath = 300;

export function EditorDialog({ actions, entry, onClose }: EditorDialogProps) {
  const { t } = useTranslation('files');
  const { instance, path } = actions.place;
  const filePath = joinPath(path, entry.name);
  const file = useEditedFile(instance, filePath);
  const field = useRef<HTMLTextAreaElement>(null);
  const [dirty, setDirty] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const { say } = useView().useToasts.getState();
  const { opened } = file;

  useUnsavedGuard(dirty);
  const close = () => (dirty ? setLeaving(true) : onClose());

  const save = async (over: 'version' | 'whatever', thenClose = false) => {
    if (!opened || !field.current || file.busy || !opened.writable) return;
    const written = field.current.value;
    if (!(await file.write(fromField(written, opened.text), over))) {
      setLeaving(false);
      return;
    }
    setDirty(field.current.value !== written);
    void actions.readAgain();
    say({ kind: 'done', text: t('editor.saved', { name: shownName(entry.name) }) });
    if (thenClose) onClose();
  };
  const reload = async () => {
    if (await file.read()) setDirty(false);
  };

  const ends = opened && lineEndsOf(opened.text);
  return (
    <Dialog
      title={
        <>
          {shownName(entry.name)}
          {dirty && <span className={classes.dirty}>{t('editor.unsaved')}</span>}
        </>
      }
      subtitle={<code>{plainly(filePath, longestPath)}</code>}
      widthPx={1040}
      onClose={close}
      footer={
        <>
          <span className={classes.facts}>
            {ends && <span title={t('editor.lineEnds')}>{ends}</span>}
            {opened && !opened.writable && <b>{t('editor.readOnly')}</b>}
          </span>
          {!opened && file.failure && (
            <Button
              onClick={() => {
                actions.download([entry]);
                onClose();
              }}
            >
              {t('editor.download')}
            </Button>
          )}
          <Button onClick={close}>{t('editor.close')}</Button>
          {opened && (
            <Button
              look="main"
              busy={file.busy}
              reason={opened.writable ? undefined : t('editor.readOnlyWhy')}
              onClick={() => void save('version')}
            >
              {t('common:save')}
            </Button>
          )}
        </>
      }
    >
      {opened ? (
        <EditorField
          key={opened.readings}
          fieldRef={field}
          text={toField(opened.text)}
          label={t('editor.field', { name: shownName(entry.name) })}
          readOnly={!opened.writable}
          onChange={setDirty}
          onSave={() => void save('version')}
        />
      ) : (
        !file.failure && (
          <p className={classes.reading} role="status">
            {t('editor.reading')}
          </p>
        )
      )}
      {file.failure && (
        <FailureNote
          failure={file.failure}
          onRetry={
            opened || file.failure.code === 'unsupported' ? undefined : () => void file.read()
          }
        />
      )}
      {file.conflict && (
        <ChangedMeanwhile
          how={file.conflict}
          busy={file.busy}
          onOverwrite={() => void save('whatever')}
          onReload={() => void reload()}
          onKeep={file.keepEditing}
        />
      )}
      {leaving && (
        <UnsavedQuestion
          busy={file.busy}
          onSave={() => void save('version', true)}
          onDiscard={onClose}
          onStay={() => setLeaving(false)}
        />
      )}
    </Dialog>
  );
}

/** What was typed is only here: the browser asks before the page is left, and the application before it ends. */
function useUnsavedGuard(dirty: boolean): void {
  const client = useClient();
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    const { stream, opened } = client.stream('app.holdUnsaved', {});
    // Without a channel there is nobody to tell.
    opened.catch(() => {});
    return () => {
      removeEventListener('beforeunload', ask);
      stream.end();
    };
  }, [client, dirty]);
}
