/** The fields of one cloud: a name for the account, what its schema asks for, and its secrets. */
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConnectableCloud } from '../../preload/contract/accounts.ts';
import { schemaFields } from '../ui/schema-fields.ts';
import { SchemaForm } from '../ui/schema-form.tsx';
import { SecretField } from '../ui/secret-field.tsx';
import { useWord } from '../ui/texts.ts';
import type { ConnectDraft } from './connect-form.ts';

const longestName = 100;

interface ConnectFieldsProps {
  readonly cloud: ConnectableCloud;
  readonly draft: ConnectDraft;
  readonly missing: readonly string[];
  readonly onChange: (draft: ConnectDraft) => void;
}

export function ConnectFields({ cloud, draft, missing, onChange }: ConnectFieldsProps) {
  const { t } = useTranslation('accounts');
  const word = useWord();
  const fields = schemaFields(cloud.input);
  return (
    <>
      <TextInput
        size="xs"
        label={t('connect.name')}
        description={t('connect.nameHint')}
        required
        data-autofocus
        maxLength={longestName}
        value={draft.name}
        error={missing.includes('name') && t('connect.missing')}
        onChange={({ currentTarget: { value: name } }) => onChange({ ...draft, name })}
      />
      {cloud.secrets.map((name) => (
        <SecretField
          key={name}
          label={word(`accounts:secrets.${name}`, name)}
          description={t('connect.secretHint')}
          error={missing.includes(name) && t('connect.missing')}
          typed={draft.secrets[name] ?? ''}
          onType={(secret) => onChange({ ...draft, secrets: { ...draft.secrets, [name]: secret } })}
        />
      ))}
      <SchemaForm
        fields={fields}
        values={draft.values}
        onChange={(values) => onChange({ ...draft, values })}
      />
    </>
  );
}
