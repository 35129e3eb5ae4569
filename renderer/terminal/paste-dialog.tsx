/** Shows a paste that could do more than it seems, with its control characters made visible, before anything is sent. */
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useFormats } from '../ui/texts.ts';
import { targetsOf } from './broadcast.ts';
import classes from './paste-dialog.module.css';
import { SignedText } from './signed-text.tsx';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';

export function PasteDialog() {
  const { t } = useTranslation('terminal');
  const formats = useFormats();
  const pool = useTerminalPool();
  const question = useDock((dock) => dock.question);
  const broadcast = useDock((dock) => dock.broadcast);
  if (!question) return null;

  const { session, paste, raw } = question;
  const finish = (typed: boolean) => {
    pool.dock.setState({ question: undefined, wanted: session });
    if (typed) pool.type(session, paste);
  };
  const targets = targetsOf(broadcast, session).length;
  // Enter sends what is merely long; what hides something is sent on purpose only.
  const hostile = paste.concerns.some(
    (concern) => concern === 'control-characters' || concern === 'reordering-characters',
  );
  const careful = hostile || targets > 1;
  return (
    <Dialog
      title={t('paste.title')}
      subtitle={t('paste.subtitle', {
        count: paste.lines,
        size: formats.bytes(paste.bytes),
      })}
      widthPx={640}
      onClose={() => finish(false)}
      onSubmit={() => finish(true)}
      footer={
        <>
          <Button onClick={() => finish(false)} data-autofocus={careful || undefined}>
            {t('paste.cancel')}
          </Button>
          <Button look="main" submit data-autofocus={!careful || undefined}>
            {t('paste.confirm')}
          </Button>
        </>
      }
    >
      {targets > 1 && <p className={classes.several}>{t('paste.several', { count: targets })}</p>}
      <ul className={classes.concerns}>
        {paste.concerns.map((concern) => (
          <li key={concern}>{t(`paste.concerns.${concern}`, { count: paste.removed })}</li>
        ))}
      </ul>
      <SignedText text={raw} label={t('paste.preview')} />
    </Dialog>
  );
}
