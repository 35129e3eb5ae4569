/** The fields of one server. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FollowNote } from './follow-note.tsx';
import { LoginFields } from './login-fields.tsx';
import type { Problems, ServerDraft, ServerFieldsProps } from './server-draft.ts';
import classes from './server-fields.module.css';

/** Those of the places our clouds are in, and a credit as some of them bill in. */
const currencies = ['USD', 'TWD', 'CNY', 'EUR', 'JPY', 'credits'];

export function ServerFields(props: ServerFieldsProps) {
  const { draft, problems, onChange } = props;
  const { t } = useTranslation('instances');
  const change = (part: Partial<ServerDraft>) => onChange({ ...draft, ...part });
  const problem = (field: keyof Problems) => {
    const id = problems[field];
    return id === undefined ? false : t(`server.problem.${id}`);
  };
  const isFollowing = draft.configAlias !== '';
  const inputs = isFollowing ? { input: classes.followed ?? '' } : {};
  return (
    <div className={classes.fields}>
      {isFollowing && (
        <FollowNote alias={draft.configAlias} onStop={() => change({ configAlias: '' })} />
      )}
      <TextInput
        size="xs"
        className={classes.wide ?? ''}
        label={t('server.name')}
        value={draft.name}
        placeholder={draft.host}
        maxLength={200}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <TextInput
        size="xs"
        className={classes.host ?? ''}
        label={t('server.host')}
        required={!isFollowing}
        readOnly={isFollowing}
        classNames={inputs}
        value={draft.host}
        error={problem('host')}
        maxLength={253}
        spellCheck={false}
        onChange={({ currentTarget }) => change({ host: currentTarget.value })}
      />
      <TextInput
        size="xs"
        label={t('server.port')}
        required={!isFollowing}
        readOnly={isFollowing}
        classNames={inputs}
        inputMode="numeric"
        value={draft.port}
        error={problem('port')}
        maxLength={5}
        onChange={({ currentTarget }) => change({ port: currentTarget.value })}
      />
      <TextInput
        size="xs"
        label={t('server.user')}
        required={!isFollowing}
        readOnly={isFollowing}
        classNames={inputs}
        value={draft.user}
        error={problem('user')}
        maxLength={64}
        spellCheck={false}
        onChange={({ currentTarget }) => change({ user: currentTarget.value })}
      />
      {!isFollowing && (
        <TextInput
          size="xs"
          className={classes.wide ?? ''}
          label={t('server.jumps')}
          placeholder={t('server.jumpsHint')}
          value={draft.jumps}
          error={problem('jumps')}
          maxLength={2600}
          spellCheck={false}
          onChange={({ currentTarget }) => change({ jumps: currentTarget.value })}
        />
      )}
      <LoginFields {...props} />
      <TextInput
        size="xs"
        className={classes.wide ?? ''}
        label={t('server.tags')}
        placeholder={t('server.tagsHint')}
        value={draft.tags}
        maxLength={1400}
        onChange={({ currentTarget }) => change({ tags: currentTarget.value })}
      />
      <TextInput
        size="xs"
        className={classes.host ?? ''}
        label={t('server.price')}
        placeholder={t('server.priceHint')}
        inputMode="decimal"
        value={draft.price}
        error={problem('price')}
        maxLength={14}
        onChange={({ currentTarget }) => change({ price: currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label={t('server.currency')}
        value={draft.currency}
        error={problem('currency')}
        data={currencies.includes(draft.currency) ? currencies : [draft.currency, ...currencies]}
        onChange={({ currentTarget }) => change({ currency: currentTarget.value })}
      />
    </div>
  );
}
