/** Puts a key on an instance that is entered by password today, proves that it opens the door, then offers to use it from now on. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instance } from '../../preload/contract/instances.ts';
import type { LocalKey } from '../../preload/contract/ssh.ts';
import { useClient, useStores } from '../client/context.ts';
import { useLocalKeys } from '../client/queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogButtons } from '../ui/dialog-buttons.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { useSubmit } from '../ui/use-submit.ts';
import { KeyChoice } from './key-choice.tsx';
import { KeyInstalledDialog } from './key-installed-dialog.tsx';

interface InstallKeyDialogProps {
  readonly instance: Instance;
  readonly onClose: () => void;
}

export function InstallKeyDialog({ instance, onClose }: InstallKeyDialogProps) {
  const { t } = useTranslation('ssh');
  const client = useClient();
  const { data } = useLocalKeys();
  const defaultKey = useStores().accounts(({ byKey }) => byKey.get(instance.account)?.defaultKey);
  const { busy, failure, run } = useSubmit();
  const [chosen, setChosen] = useState<string>();
  const [installed, setInstalled] = useState<'installed' | 'already-there'>();
  const keyName = chosen ?? preferredKey(data?.keys ?? [], defaultKey)?.name;

  if (installed && keyName !== undefined) {
    return (
      <KeyInstalledDialog instance={instance} keyName={keyName} how={installed} onClose={onClose} />
    );
  }
  const install = () => {
    if (keyName === undefined) return;
    run(
      async () => {
        const { kind } = await client.call('ssh.installKey', { instance: instance.key, keyName });
        setInstalled(kind);
      },
      () => {},
    );
  };
  return (
    <Dialog
      title={t('install.title')}
      subtitle={<PlainText text={instance.name} strong />}
      onClose={onClose}
      onSubmit={install}
      footer={
        <DialogButtons
          submitLabel={t('install.submit')}
          busy={busy}
          reason={keyName === undefined ? t('keys.chooseFirst') : undefined}
          onCancel={onClose}
        />
      }
    >
      <p>{t('install.what')}</p>
      <KeyChoice chosen={keyName} onChoose={setChosen} />
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}

/** The account's own, else the one most people mean, else the first. */
function preferredKey(
  keys: readonly LocalKey[],
  defaultKey: string | undefined,
): LocalKey | undefined {
  const byName = (wanted: string | undefined) => keys.find(({ name }) => name === wanted);
  return byName(defaultKey) ?? byName('id_ed25519') ?? keys[0];
}
