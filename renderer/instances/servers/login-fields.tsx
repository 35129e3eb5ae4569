/** How to log in: the agent, a key at hand, a key given here, or a password; and the secret each may need. */
import { NativeSelect } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalKeys } from '../../client/queries.ts';
import { Button } from '../../ui/button.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import type { LoginKind, ServerDraft, ServerFieldsProps } from './server-draft.ts';
import classes from './server-fields.module.css';

const keyOption = 'key:';
const largestKeyBytes = 60_000;

export function LoginFields({
  draft,
  problems,
  onChange,
  keepsSecrets = false,
}: ServerFieldsProps) {
  const { t } = useTranslation('instances');
  const change = (part: Partial<ServerDraft>) => onChange({ ...draft, ...part });
  // What is followed says the keys; a password it cannot say.
  const isFollowing = draft.configAlias !== '';
  const takesPassword = isFollowing || draft.login === 'automatic' || draft.login === 'password';
  const takesPassphrase = !isFollowing && (draft.login === 'key' || draft.login === 'stored-key');
  const description = keepsSecrets ? t('server.keptSecret') : t('server.secretHint');
  return (
    <>
      {!isFollowing && <LoginSelect draft={draft} change={change} />}
      {takesPassword && (
        <div className={classes.wide}>
          <SecretField
            label={t('server.password')}
            description={description}
            typed={draft.password}
            onType={(password) => change({ password })}
          />
        </div>
      )}
      {!isFollowing && draft.login === 'stored-key' && (
        <div className={classes.wide}>
          <SecretField
            label={t('server.privateKey')}
            lines={5}
            placeholder="-----BEGIN OPENSSH PRIVATE KEY-----"
            error={problems.privateKey && t(`server.problem.${problems.privateKey}`)}
            typed={draft.privateKey}
            onType={(privateKey) => change({ privateKey })}
          />
          <KeyFile onRead={(privateKey) => change({ privateKey })} />
        </div>
      )}
      {takesPassphrase && (
        <div className={classes.wide}>
          <SecretField
            label={t('server.passphrase')}
            description={description}
            typed={draft.passphrase}
            onType={(passphrase) => change({ passphrase })}
          />
        </div>
      )}
    </>
  );
}

interface LoginSelectProps {
  readonly draft: ServerDraft;
  readonly change: (part: Partial<ServerDraft>) => void;
}

function LoginSelect({ draft, change }: LoginSelectProps) {
  const { t } = useTranslation('instances');
  const { data } = useLocalKeys();
  const keys = data?.keys ?? [];
  const isListed = keys.some(({ name }) => name === draft.keyName);
  const unlisted = draft.keyName && !isListed ? [{ name: draft.keyName, type: '' }] : [];
  const value = draft.login === 'key' ? `${keyOption}${draft.keyName}` : draft.login;
  return (
    <NativeSelect
      size="xs"
      className={classes.wide ?? ''}
      label={t('server.login')}
      description={t(`server.loginHint.${draft.login}`)}
      value={value}
      onChange={({ currentTarget: { value: chosen } }) =>
        change(
          chosen.startsWith(keyOption)
            ? { login: 'key', keyName: chosen.slice(keyOption.length) }
            : { login: chosen as LoginKind },
        )
      }
      data={[
        { value: 'automatic', label: t('server.loginKind.automatic') },
        {
          value: 'agent',
          label: t('server.loginKind.agent'),
          disabled: data?.agent === false && draft.login !== 'agent',
        },
        ...[...unlisted, ...keys].map(({ name, type }) => ({
          value: `${keyOption}${name}`,
          label: t('server.loginKind.key', { name, type }),
        })),
        { value: 'stored-key', label: t('server.loginKind.stored-key') },
        { value: 'password', label: t('server.loginKind.password') },
      ]}
    />
  );
}

/** Reads a key file the operator picks; the page never learns its path. */
function KeyFile({ onRead }: { readonly onRead: (text: string) => void }) {
  const { t } = useTranslation('instances');
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File | undefined) => {
    if (file && file.size <= largestKeyBytes) onRead(await file.text());
  };
  return (
    <div className={classes.file}>
      <Button size="row" onClick={() => input.current?.click()}>
        {t('server.chooseKey')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('server.chooseKey')}
        onChange={({ currentTarget }) => void read(currentTarget.files?.[0])}
      />
    </div>
  );
}
