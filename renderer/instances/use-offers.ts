/** The actions a target offers, joined with what the core says of each: label, weight, form. */
import { useMemo } from 'react';
import type { Account } from '../../preload/contract/accounts.ts';
import type { ActionDescription } from '../../preload/contract/actions.ts';
import type { ActionOffer, Instance } from '../../preload/contract/instances.ts';
import { useStores } from '../client/context.ts';
import { useActionDescriptions } from '../client/queries.ts';

export interface Offer {
  readonly account: Account;
  readonly description: ActionDescription;
  /** The rule that forbids it now; absent = allowed. */
  readonly rule: ActionOffer['rule'];
}

/** The offers of an account itself, and of an instance of it, in the order the core gives them. */
export interface Offers {
  ofAccount(account: Account): readonly Offer[];
  ofInstance(instance: Instance): readonly Offer[];
}

/** How many stand as buttons: all where they are so few that none needs a menu. */
export const inlineOffers = (offers: readonly Offer[]): number => (offers.length <= 2 ? 2 : 1);

export function useOffers(): Offers {
  const { data: descriptions } = useActionDescriptions();
  const accounts = useStores().accounts(({ byKey }) => byKey);
  return useMemo(() => {
    const known = new Map((descriptions ?? []).map((d) => [`${d.cloud}/${d.target}/${d.id}`, d]));
    const join = (
      account: Account,
      target: ActionDescription['target'],
      offers: readonly ActionOffer[],
    ) =>
      offers.flatMap(({ id, rule }) => {
        const description = known.get(`${account.cloud}/${target}/${id}`);
        return description ? [{ account, description, rule }] : [];
      });
    return {
      ofAccount: (account) => join(account, 'account', account.actions),
      ofInstance(instance) {
        const account = accounts.get(instance.account);
        return account ? join(account, 'instance', instance.actions) : [];
      },
    };
  }, [descriptions, accounts]);
}
