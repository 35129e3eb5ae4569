/** One key of the home directory's `.ssh`: what it is, and its public half to be given to others. */
import { useTranslation } from 'react-i18next';
import type { LocalKey } from '../../preload/contract/ssh.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { LockedIcon } from '../ui/icons.tsx';
import { PlainText, plainly } from '../ui/plain-text.tsx';
import classes from './key-line.module.css';

const longestName = 80;

export function KeyLine({ of: key }: { readonly of: LocalKey }) {
  const { t } = useTranslation('ssh');
  const name = plainly(key.name, longestName);
  return (
    <div className={classes.line}>
      <div className={classes.words}>
        <p className={classes.name}>
          <PlainText text={key.name} strong />
          <span className={classes.soft}>{key.type}</span>
          {key.encrypted && (
            <span className={classes.soft} title={t('keys.encryptedWhat')}>
              <LockedIcon size={12} /> {t('keys.encrypted')}
            </span>
          )}
        </p>
        <PlainText text={key.fingerprint} mono soft />
        {key.hasCertificate && <p className={classes.note}>{t('keys.certificate')}</p>}
      </div>
      {key.publicKey === undefined ? (
        <span className={classes.soft}>{t('keys.noPublicKey')}</span>
      ) : (
        <CopyButton
          text={key.publicKey}
          label={t('keys.copy', { name })}
          words={t('keys.copyShort')}
        />
      )}
    </div>
  );
}
