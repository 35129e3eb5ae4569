/** What is preferred for an account's instances: the key tried first, and the colour that marks its terminals. */
import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../preload/contract/accounts.ts';
import type { AccountColour } from '../../preload/contract/constants.ts';
import { useClient } from '../client/context.ts';
import { useLocalKeys } from '../client/queries.ts';
import { useChange } from '../instances/detail/use-change.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import classes from './account-preferences.module.css';
import { ColourChoice } from './colour-choice.tsx';

interface Wish {
  readonly defaultKey?: string | null;
  readonly colour?: AccountColour | null;
}

export function AccountPreferences({ account }: { readonly account: Account }) {
  const { t } = useTranslation('accounts');
  const client = useClient();
  const { failure, run } = useChange();
  const { data } = useLocalKeys();
  const names = data?.keys.map(({ name }) => name) ?? [];
  const { defaultKey = '' } = account;
  const isMissing = data !== undefined && defaultKey !== '' && !names.includes(defaultKey);
  const listed = defaultKey === '' || names.includes(defaultKey) ? names : [defaultKey, ...names];
  const prefer = (wish: Wish) =>
    run(
      () => client.call('accounts.prefer', { account: account.id, ...wish }),
      () => {},
    );
  const name = account.name.slice(0, 80);
  return (
    <>
      <div className={classes.preferences}>
        <span className={classes.label}>{t('prefer.key')}</span>
        <NativeSelect
          size="xs"
          className={classes.key ?? ''}
          aria-label={t('prefer.keyOf', { name })}
          value={defaultKey}
          error={isMissing}
          data={[
            { value: '', label: t('prefer.noKey') },
            ...listed.map((value) => ({
              value,
              label:
                value === defaultKey && isMissing ? t('prefer.keyGone', { key: value }) : value,
            })),
          ]}
          onChange={({ currentTarget }) => prefer({ defaultKey: currentTarget.value || null })}
        />
        <span className={classes.label}>{t('prefer.colour')}</span>
        <ColourChoice
          label={t('prefer.colourOf', { name })}
          chosen={account.colour}
          onChoose={(colour) => prefer({ colour })}
        />
      </div>
      {failure && <FailureNote failure={failure} />}
    </>
  );
}
