/** Whether an instance left the list because the operator wanted it so, not because a cloud left it out for once. */
import type { Fleet } from './fleet.ts';

/** @param key of an instance that is not listed any more */
export function isForgotten(fleet: Pick<Fleet, 'accounts' | 'account'>, key: string): boolean {
  const account = key.slice(0, key.indexOf('/'));
  return (
    fleet.accounts.get(account) === undefined ||
    fleet.account(account).cloud.keepsItsOwnList === true
  );
}
