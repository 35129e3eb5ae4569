/** What is preferred for an account's instances: the key tried first, and the colour that marks its terminals. */
import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../preload/contract/accounts.ts';
import { useLocalKeys } from '../client/queries.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import classes from './account-preferences.module.css';
import { ColourChoice } from './colour-choice.tsx';
import { useWishes } from './use-wishes.ts';

export function AccountPreferences({ account }: { readonly account: Account }) {
  const { t } = useTranslation('accounts');
  const { wishes, failure, wish } = useWishes(account);
  const { data } = useLocalKeys();
  const names = data?.keys.map(({ name }) => name) ?? [];
  const defaultKey = wishes.defaultKey ?? '';
  const isMissing = data !== undefined && defaultKey !== '' && !names.includes(defaultKey);
  const listed = defaultKey === '' || names.includes(defaultKey) ? names : [defaultKey, ...names];
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
          onChange={({ currentTarget }) => wish({ defaultKey: currentTarget.value || null })}
        />
        <span className={classes.label}>{t('prefer.colour')}</span>
        <ColourChoice
          label={t('prefer.colourOf', { name })}
          chosen={wishes.colour}
          onChoose={(colour) => wish({ colour })}
        />
      </div>
      {failure && <FailureNote failure={failure} />}
    </>
  );
}
