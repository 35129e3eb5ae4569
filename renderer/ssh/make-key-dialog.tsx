/** Makes an ed25519 key pair in the home directory's `.ssh`; a passphrase goes in and is not kept. */
import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalKey } from '../../preload/contract/ssh.ts';
import { useClient } from '../client/context.ts';
import { useLocalKeys } from '../client/queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogButtons } from '../ui/dialog-buttons.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { SecretField } from '../ui/secret-field.tsx';
import { useSubmit } from '../ui/use-submit.ts';
import { freshKeyDraft, type KeyDraft, problemsOfKey } from './key-draft.ts';

interface MakeKeyDialogProps {
  readonly onMade: (key: LocalKey) => void;
  readonly onClose: () => void;
}

export function MakeKeyDialog({ onMade, onClose }: MakeKeyDialogProps) {
  const { t } = useTranslation('ssh');
  const client = useClient();
  const queries = useQueryClient();
  const taken = useLocalKeys().data?.keys.map(({ name }) => name) ?? [];
  const { busy, failure, run } = useSubmit();
  const [draft, setDraft] = useState(() => freshKeyDraft(taken));
  const [tried, setTried] = useState(false);
  const problems = problemsOfKey(draft, taken);
  const change = (part: Partial<KeyDraft>) => setDraft((former) => ({ ...former, ...part }));
  const problem = (field: keyof typeof problems) =>
    tried && problems[field] !== undefined && t(`makeKey.problem.${problems[field]}`);

  const make = () => {
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    run(
      async () => {
        const key = await client.call('ssh.createKey', {
          name: draft.name.trim(),
          comment: draft.comment.trim(),
          ...(draft.passphrase && { passphrase: draft.passphrase }),
        });
        await queries.invalidateQueries({ queryKey: ['ssh.localKeys'] });
        onMade(key);
      },
      () => {},
    );
  };

  return (
    <Dialog
      title={t('makeKey.title')}
      subtitle={t('makeKey.what')}
      onClose={onClose}
      onSubmit={make}
      footer={<DialogButtons submitLabel={t('makeKey.submit')} busy={busy} onCancel={onClose} />}
    >
      <TextInput
        size="xs"
        label={t('makeKey.name')}
        description={t('makeKey.nameHint')}
        required
        data-autofocus
        maxLength={100}
        spellCheck={false}
        autoComplete="off"
        value={draft.name}
        error={problem('name')}
        onChange={({ currentTarget: { value: name } }) => change({ name })}
      />
      <TextInput
        size="xs"
        label={t('makeKey.comment')}
        description={t('makeKey.commentHint')}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        value={draft.comment}
        onChange={({ currentTarget: { value: comment } }) => change({ comment })}
      />
      <SecretField
        label={t('makeKey.passphrase')}
        description={t('makeKey.passphraseHint')}
        onType={(passphrase) => change({ passphrase })}
      />
      <SecretField
        label={t('makeKey.again')}
        error={problem('again')}
        onType={(again) => change({ again })}
      />
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
