/** The way from something an instance can be made from to the wizard, or why not now. */
import { useStores } from '../client/context.ts';
import { useOffers } from '../instances/use-offers.ts';
import { useView } from '../shell/view-context.ts';
import { useTextRef } from '../ui/texts.ts';
import { type CreateStart, createActionId } from './create-start.ts';

export interface Creator {
  readonly reason: string | undefined;
  start(): void;
}

/** @returns a function that gives undefined where the account cannot create */
export function useCreator(): (account: string, draft: CreateStart) => Creator | undefined {
  const accounts = useStores().accounts(({ byKey }) => byKey);
  const offers = useOffers();
  const word = useTextRef();
  const { useActionFlow } = useView();
  return (accountId, draft) => {
    const account = accounts.get(accountId);
    const offer =
      account &&
      offers.ofAccount(account).find(({ description }) => description.id === createActionId);
    if (!offer) return undefined;
    const { description, rule } = offer;
    return {
      reason: rule && word('rules', rule),
      start: () => useActionFlow.getState().start({ account, description, draft }),
    };
  };
}
