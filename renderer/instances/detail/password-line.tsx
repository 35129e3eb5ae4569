/** The password: masked, revealed for half a minute, copied without being shown. */
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { CheckIcon, CopyIcon } from '../../ui/icons.tsx';
import classes from './access-tab.module.css';
import { Line } from './detail-block.tsx';
import { usePassword } from './use-password.ts';

/** As long for every password: the mask tells nothing. */
const mask = '••••••••';

export function PasswordLine({ instanceKey }: { readonly instanceKey: string }) {
  const { t } = useTranslation('instances');
  const { shown, busy, copied, failure, reveal, hide, copy } = usePassword(instanceKey);
  return (
    <>
      <Line label={t('access.password')}>
        <code className={classes.password}>{shown ?? mask}</code>
        {shown === undefined ? (
          <Button size="row" busy={busy === 'reveal'} onClick={reveal}>
            {t('access.reveal')}
          </Button>
        ) : (
          <Button size="row" onClick={hide}>
            {t('access.hide')}
          </Button>
        )}
        <Button
          size="row"
          busy={busy === 'copy'}
          aria-label={t('access.copyPassword')}
          onClick={copy}
        >
          {copied ? <CheckIcon size={13} /> : <CopyIcon size={13} />}
          <span aria-live="polite">{t(copied ? 'common:copied' : 'common:copy')}</span>
        </Button>
      </Line>
      {failure && <FailureNote failure={failure} onRetry={reveal} />}
    </>
  );
}
