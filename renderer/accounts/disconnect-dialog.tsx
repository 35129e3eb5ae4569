/** Forgets an account here after asking; at the cloud nothing changes. */
import { useTranslation } from 'react-i18next';
import type { Account } from '../../preload/contract/accounts.ts';
import { useClient, useStores } from '../client/context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogButtons } from '../ui/dialog-buttons.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { useSubmit } from '../ui/use-submit.ts';

interface DisconnectDialogProps {
  readonly account: Account;
  readonly onClose: () => void;
}

export function DisconnectDialog({ account, onClose }: DisconnectDialogProps) {
  const { t } = useTranslation('accounts');
  const client = useClient();
  const running = useStores().instances(
    ({ items }) =>
      items.filter((item) => item.account === account.id && item.state.kind === 'running').length,
  );
  const { busy, failure, run } = useSubmit();

  const submit = () =>
    run(() => client.call('accounts.disconnect', { account: account.id }), onClose);

  return (
    <Dialog
      title={t('disconnect.title')}
      subtitle={<PlainText text={account.name} strong />}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <DialogButtons submitLabel={t('disconnect.open')} danger busy={busy} onCancel={onClose} />
      }
    >
      <p>{t('disconnect.what')}</p>
      {running > 0 && <p>{t('disconnect.running', { count: running })}</p>}
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
