/** Accounts as the page names them: built-in ones in its own language, connected ones as the operator called them. */
import type { i18n } from 'i18next';
import { create } from 'zustand';
import type { Account } from '../../preload/contract/accounts.ts';
import type { CollectionState, CollectionStore } from './collections.ts';

export function nameAccounts(
  accounts: CollectionStore<Account>,
  texts: i18n,
): CollectionStore<Account> {
  const nameOf = (account: Account): Account => {
    const key = `accounts:builtIn.${account.id}`;
    const isNamed = !account.connected && texts.exists(key);
    return isNamed ? { ...account, name: texts.t(key) } : account;
  };
  const rename = (state: CollectionState<Account>): CollectionState<Account> => {
    const items = state.items.map(nameOf);
    return { ...state, items, byKey: new Map(items.map((account) => [account.id, account])) };
  };
  const named = create<CollectionState<Account>>()(() => rename(accounts.getState()));
  accounts.subscribe((state) => named.setState(rename(state), true));
  texts.on('languageChanged', () => named.setState(rename(accounts.getState()), true));
  return named;
}
