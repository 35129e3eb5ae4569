/** Whether an instance that left the list is no longer the operator's, or its cloud only left it out, which may be a slip. */
import { type CloudError, refusal } from '../../preload/contract/errors.ts';
import type { Fleet } from './fleet.ts';

/**
 * @param key of an instance that is not listed any more
 * @returns the word for what lived on it; undefined where nothing is to end for that
 */
export function removalOf(
  fleet: Pick<Fleet, 'accounts' | 'account'>,
  key: string,
): CloudError | undefined {
  const account = key.slice(0, key.indexOf('/'));
  if (!fleet.accounts.get(account)) return refusal('not-found', 'account-gone');
  const { cloud } = fleet.account(account);
  return cloud.keepsItsOwnList ? refusal('not-found', 'instance-gone') : undefined;
}
