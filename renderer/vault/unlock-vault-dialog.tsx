/** Opens the vault with its master password. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../client/context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogButtons } from '../ui/dialog-buttons.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { SecretField } from '../ui/secret-field.tsx';
import { useSubmit } from '../ui/use-submit.ts';

interface UnlockVaultDialogProps {
  /** True: it is open. False: the operator gave up. */
  readonly onEnd: (passed: boolean) => void;
}

export function UnlockVaultDialog({ onEnd }: UnlockVaultDialogProps) {
  const { t } = useTranslation('vault');
  const client = useClient();
  const [password, setPassword] = useState('');
  const [wrong, setWrong] = useState(false);
  const { busy, failure, run } = useSubmit();

  const submit = () => {
    if (!password) return;
    run(async () => {
      const outcome = await client.call('vault.unlock', { password });
      if (outcome.kind === 'open') onEnd(true);
      else setWrong(true);
    });
  };

  return (
    <Dialog
      title={t('unlock.title')}
      onClose={() => onEnd(false)}
      onSubmit={submit}
      footer={
        <DialogButtons submitLabel={t('unlock.submit')} busy={busy} onCancel={() => onEnd(false)} />
      }
    >
      <p>{t('unlock.what')}</p>
      <SecretField
        label={t('unlock.password')}
        autoFocus
        error={wrong && t('unlock.wrong')}
        onType={(typed) => {
          setPassword(typed);
          setWrong(false);
        }}
      />
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
