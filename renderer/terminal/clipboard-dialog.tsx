/** A program on an instance wants to write the clipboard: shows what, and asks whether it may. */
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { plainly } from '../ui/plain-text.tsx';
import { useFormats } from '../ui/texts.ts';
import type { ClipboardAnswer } from './clipboard-consent.ts';
import classes from './clipboard-dialog.module.css';
import { SignedText } from './signed-text.tsx';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';

const longestName = 60;

export function ClipboardDialog() {
  const { t } = useTranslation('terminal');
  const formats = useFormats();
  const pool = useTerminalPool();
  const question = useDock((dock) => dock.clipboardQuestion);
  const title = useStores().terminals(({ byKey }) => byKey.get(question?.session ?? '')?.title);
  if (!question) return null;

  const answer = (word: ClipboardAnswer) => pool.clipboard.answer(word);
  return (
    <Dialog
      title={t('clipboard.title')}
      subtitle={t('clipboard.subtitle', {
        name: plainly(title ?? '', longestName),
        size: formats.bytes(new TextEncoder().encode(question.text).length),
      })}
      widthPx={640}
      onClose={() => answer('not-now')}
      footer={
        <>
          <Button onClick={() => answer('not-now')} data-autofocus>
            {t('clipboard.notNow')}
          </Button>
          <Button onClick={() => answer('never')}>{t('clipboard.never')}</Button>
          <Button onClick={() => answer('always')}>{t('clipboard.always')}</Button>
          <Button look="main" onClick={() => answer('once')}>
            {t('clipboard.once')}
          </Button>
        </>
      }
    >
      <p className={classes.warning}>{t('clipboard.warning')}</p>
      <SignedText text={question.text} label={t('clipboard.preview')} />
    </Dialog>
  );
}
