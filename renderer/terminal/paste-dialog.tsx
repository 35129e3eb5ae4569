/** Shows a paste that could do more than it seems, with its control characters made visible, before anything is sent. */
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useFormats } from '../ui/texts.ts';
import classes from './paste-dialog.module.css';
import { previewParts } from './sanitise-paste.ts';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';

const longestPreview = 3000;

export function PasteDialog() {
  const { t } = useTranslation('terminal');
  const formats = useFormats();
  const pool = useTerminalPool();
  const question = useDock((dock) => dock.question);
  if (!question) return null;

  const { session, paste, raw } = question;
  const finish = (typed: boolean) => {
    pool.dock.setState({ question: undefined, wanted: session });
    if (typed) pool.existing(session)?.type(paste);
  };
  // Enter sends what is merely long; what hides something is sent on purpose only.
  const hostile = paste.concerns.some(
    (concern) => concern === 'control-characters' || concern === 'reordering-characters',
  );
  const cut = raw.slice(0, longestPreview);
  return (
    <Dialog
      title={t('paste.title')}
      subtitle={t('paste.subtitle', {
        lines: formats.count(paste.lines),
        size: formats.bytes(paste.bytes),
      })}
      widthPx={640}
      onClose={() => finish(false)}
      onSubmit={() => finish(true)}
      footer={
        <>
          <Button onClick={() => finish(false)} data-autofocus={hostile || undefined}>
            {t('paste.cancel')}
          </Button>
          <Button look="main" submit data-autofocus={!hostile || undefined}>
            {t('paste.confirm')}
          </Button>
        </>
      }
    >
      <ul className={classes.concerns}>
        {paste.concerns.map((concern) => (
          <li key={concern}>{t(`paste.concerns.${concern}`, { count: paste.removed })}</li>
        ))}
      </ul>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long preview is scrolled by keyboard */}
      <section className={classes.preview} tabIndex={0} aria-label={t('paste.preview')}>
        {previewParts(cut).map(({ text, sign }, at) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
          sign ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
        )}
        {cut.length < raw.length && '…'}
      </section>
    </Dialog>
  );
}
