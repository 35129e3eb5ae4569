/** What the editor asks: what to do about a file somebody else changed or took away, and about a text that was not saved. */
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

interface ChangedMeanwhileProps {
  readonly how: 'changed' | 'gone';
  readonly busy: boolean;
  readonly onOverwrite: () => void;
  readonly onReload: () => void;
  readonly onKeep: () => void;
}

export function ChangedMeanwhile(props: ChangedMeanwhileProps) {
  const { t } = useTranslation('files');
  const { how, busy, onOverwrite, onReload, onKeep } = props;
  return (
    <Dialog
      title={t(how === 'gone' ? 'changed.goneTitle' : 'changed.title')}
      onClose={onKeep}
      footer={
        <>
          {how === 'gone' ? (
            <Button disabled={busy} onClick={onOverwrite}>
              {t('changed.writeAnew')}
            </Button>
          ) : (
            <>
              <Button look="danger" disabled={busy} onClick={onOverwrite}>
                {t('changed.overwrite')}
              </Button>
              <Button disabled={busy} onClick={onReload}>
                {t('changed.reload')}
              </Button>
            </>
          )}
          <Button look="main" disabled={busy} data-autofocus onClick={onKeep}>
            {t('changed.keep')}
          </Button>
        </>
      }
    >
      <p>{t(how === 'gone' ? 'changed.goneText' : 'changed.text')}</p>
    </Dialog>
  );
}

interface UnsavedQuestionProps {
  readonly busy: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  readonly onStay: () => void;
}

export function UnsavedQuestion({ busy, onSave, onDiscard, onStay }: UnsavedQuestionProps) {
  const { t } = useTranslation('files');
  return (
    <Dialog
      title={t('unsaved.title')}
      onClose={onStay}
      footer={
        <>
          <Button look="danger" onClick={onDiscard}>
            {t('unsaved.discard')}
          </Button>
          <Button onClick={onStay}>{t('changed.keep')}</Button>
          <Button look="main" busy={busy} data-autofocus onClick={onSave}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <p>{t('unsaved.text')}</p>
    </Dialog>
  );
}
