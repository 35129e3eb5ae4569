/** What is typed to connect an account, and what is still missing. */
import type { ConnectableCloud } from '../../preload/contract/accounts.ts';
import { type FormValues, initialValues, schemaFields } from '../ui/schema-fields.ts';

export interface ConnectDraft {
  readonly name: string;
  readonly values: FormValues;
  readonly secrets: Readonly<Record<string, string>>;
}

/** Fields that have a default begin empty: what is left empty takes the cloud's own. */
export function emptyConnectDraft(cloud: ConnectableCloud): ConnectDraft {
  return {
    name: '',
    values: initialValues(schemaFields(cloud.input)),
    secrets: Object.fromEntries(cloud.secrets.map((name) => [name, ''])),
  };
}

/** Names of the fields that must be filled and are not. */
export function missingFields(cloud: ConnectableCloud, draft: ConnectDraft): readonly string[] {
  const isEmpty = (value: unknown) => typeof value !== 'string' || value.trim() === '';
  const inputs = schemaFields(cloud.input)
    .filter(({ kind, required }) => kind === 'text' && required)
    .map(({ name }) => name)
    .filter((name) => isEmpty(draft.values[name]));
  const secrets = cloud.secrets.filter((name) => isEmpty(draft.secrets[name]));
  return [...(isEmpty(draft.name) ? ['name'] : []), ...inputs, ...secrets];
}
