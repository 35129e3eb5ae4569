/** There is no safe keychain here: a master password, or memory until the application ends. */
import { Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../client/context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogButtons } from '../ui/dialog-buttons.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { SecretField } from '../ui/secret-field.tsx';
import { useSubmit } from '../ui/use-submit.ts';

const shortestPassword = 8;

interface VaultDialogProps {
  /** True: the vault is ready. False: the operator gave up. */
  readonly onEnd: (passed: boolean) => void;
}

export function SetUpVaultDialog({ onEnd }: VaultDialogProps) {
  const { t } = useTranslation('vault');
  const client = useClient();
  const [mode, setMode] = useState<'master' | 'memory'>('master');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, failure, run } = useSubmit();
  const tooShort = password.length < shortestPassword;
  const differs = password !== again;

  const submit = () => {
    setTried(true);
    if (mode === 'master' && (tooShort || differs)) return;
    const how = mode === 'master' ? { mode, password } : { mode };
    run(
      () => client.call('vault.setUp', how),
      () => onEnd(true),
    );
  };

  return (
    <Dialog
      title={t('setUp.title')}
      onClose={() => onEnd(false)}
      onSubmit={submit}
      footer={
        <DialogButtons
          submitLabel={t(`setUp.submit.${mode}`)}
          busy={busy}
          onCancel={() => onEnd(false)}
        />
      }
    >
      <p>{t('setUp.why')}</p>
      <Radio
        size="xs"
        name="vault-mode"
        label={t('setUp.master')}
        description={t('setUp.masterWhat')}
        checked={mode === 'master'}
        onChange={() => setMode('master')}
      />
      {mode === 'master' && (
        <>
          <SecretField
            label={t('setUp.password')}
            autoFocus
            error={tried && tooShort && t('setUp.tooShort', { count: shortestPassword })}
            typed={password}
            onType={setPassword}
          />
          <SecretField
            label={t('setUp.again')}
            error={tried && !tooShort && differs && t('setUp.differs')}
            typed={again}
            onType={setAgain}
          />
        </>
      )}
      <Radio
        size="xs"
        name="vault-mode"
        label={t('setUp.memory')}
        description={t('setUp.memoryWhat')}
        checked={mode === 'memory'}
        onChange={() => setMode('memory')}
      />
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
