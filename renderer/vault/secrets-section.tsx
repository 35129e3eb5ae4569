/** How secrets are kept, in plain words, and what can be done about it. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../client/context.ts';
import { useVaultStatus } from '../client/queries.ts';
import { Section, Setting } from '../settings/section.tsx';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { useWord } from '../ui/texts.ts';
import { SetUpVaultDialog } from './set-up-vault-dialog.tsx';
import { UnlockVaultDialog } from './unlock-vault-dialog.tsx';

export function SecretsSection() {
  const { t } = useTranslation('vault');
  const word = useWord();
  const client = useClient();
  const { data: status, error, refetch } = useVaultStatus();
  const [asking, setAsking] = useState<'set-up' | 'unlock'>();
  const end = () => {
    setAsking(undefined);
    void refetch();
  };
  return (
    <Section title={t('title')}>
      {error && <FailureNote failure={error} onRetry={() => void refetch()} />}
      {status && (
        <Setting
          label={t(`mode.${status.mode}`)}
          hint={
            <>
              {t(`modeWhat.${status.mode}`, {
                backend: word(`vault:reason.${status.backend}`, status.backend),
              })}
              <br />
              {t('saved', { count: status.savedSecrets })}
              {status.unreadableSecrets > 0 && (
                <>
                  <br />
                  {t('unreadable', { count: status.unreadableSecrets })}
                </>
              )}
            </>
          }
        >
          {(status.mode === 'unset' || status.mode === 'memory') && (
            <Button onClick={() => setAsking('set-up')}>{t('setUp.open')}</Button>
          )}
          {status.mode === 'master-locked' && (
            <Button onClick={() => setAsking('unlock')}>{t('unlock.submit')}</Button>
          )}
          {status.mode === 'master-open' && (
            // The status that changed comes as an event; a failure leaves it as it is shown.
            <Button onClick={() => void client.call('vault.lock', {}).then(end, end)}>
              {t('lock')}
            </Button>
          )}
        </Setting>
      )}
      {asking === 'set-up' && <SetUpVaultDialog onEnd={end} />}
      {asking === 'unlock' && <UnlockVaultDialog onEnd={end} />}
    </Section>
  );
}
