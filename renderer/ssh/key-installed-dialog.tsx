/** The key opens the door: from now on it may be what the instance is entered with. */
import { useTranslation } from 'react-i18next';
import type { Instance } from '../../preload/contract/instances.ts';
import { useClient, useStores } from '../client/context.ts';
import { useInstanceDetail } from '../client/queries.ts';
import { draftOfInstance, toServerForm } from '../instances/servers/server-draft.ts';
import { useOffers } from '../instances/use-offers.ts';
import { useRunAction } from '../instances/use-run-action.ts';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { CheckIcon } from '../ui/icons.tsx';
import { PlainText, plainly } from '../ui/plain-text.tsx';
import { useSubmit } from '../ui/use-submit.ts';
import classes from './key-installed-dialog.module.css';

interface KeyInstalledDialogProps {
  readonly instance: Instance;
  readonly keyName: string;
  readonly how: 'installed' | 'already-there';
  readonly onClose: () => void;
}

export function KeyInstalledDialog({ instance, keyName, how, onClose }: KeyInstalledDialogProps) {
  const { t } = useTranslation('ssh');
  const { say } = useView().useToasts.getState();
  const { busy, failure, run } = useSubmit();
  const use = useKeyFromNowOn(instance, keyName);
  const name = plainly(instance.name, 80);
  const accept = () => {
    if (!use) return;
    run(use.begin, () => {
      say({ kind: 'done', text: t(`installed.${use.kind}Done`, { key: keyName, ...use.words }) });
      onClose();
    });
  };
  return (
    <Dialog
      title={t('installed.title')}
      subtitle={<PlainText text={instance.name} strong />}
      onClose={onClose}
      {...(use && { onSubmit: accept })}
      footer={
        use ? (
          <>
            <Button onClick={onClose}>{t('installed.notNow')}</Button>
            <Button look="main" submit busy={busy} data-autofocus>
              {t('installed.use')}
            </Button>
          </>
        ) : (
          <Button look="main" onClick={onClose} data-autofocus>
            {t('common:done')}
          </Button>
        )
      }
    >
      <p className={classes.good} role="status">
        <CheckIcon size={15} />
        <span>{t(`installed.${how}`, { key: keyName, name })}</span>
      </p>
      {use && <p>{t(`installed.${use.kind}What`, { key: keyName, ...use.words })}</p>}
      {instance.follows !== undefined && <ConfigLine keyName={keyName} />}
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}

/** What is followed says the keys: a line for the operator's own hand. */
function ConfigLine({ keyName }: { readonly keyName: string }) {
  const { t } = useTranslation('ssh');
  const line = `IdentityFile ~/.ssh/${keyName}`;
  return (
    <>
      <p>{t('installed.configWhat', { key: keyName })}</p>
      <p className={classes.line}>
        <code>{line}</code>
        <CopyButton text={line} />
      </p>
    </>
  );
}

const editAction = 'edit-server';

interface KeyUse {
  /** Kept with the instance itself, or tried first on all instances of its account. */
  readonly kind: 'server' | 'account';
  readonly words: { readonly name: string };
  begin(): Promise<unknown>;
}

/** Undefined while it is not known how, where it is so already, and where OpenSSH's configuration says it. */
function useKeyFromNowOn(instance: Instance, keyName: string): KeyUse | undefined {
  const client = useClient();
  const runAction = useRunAction();
  const { data: detail } = useInstanceDetail(instance);
  const account = useStores().accounts(({ byKey }) => byKey.get(instance.account));
  const edit = useOffers()
    .ofInstance(instance)
    .find(({ description }) => description.id === editAction);
  if (instance.follows !== undefined) return undefined;
  if (edit) {
    if (!detail) return undefined;
    const draft = draftOfInstance(instance, detail.config);
    if (draft.login === 'key' && draft.keyName === keyName) return undefined;
    const form = toServerForm({ ...draft, login: 'key', keyName });
    return {
      kind: 'server',
      words: { name: plainly(instance.name, 80) },
      begin: () => runAction({ ...edit, instance }, { ...form, forgetSecrets: false }),
    };
  }
  if (!account || account.defaultKey === keyName) return undefined;
  return {
    kind: 'account',
    words: { name: plainly(account.name, 80) },
    begin: () => client.call('accounts.prefer', { account: account.id, defaultKey: keyName }),
  };
}
