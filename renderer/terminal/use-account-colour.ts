/** The colour that marks what belongs to an instance's account, if the operator chose one. */
import type { AccountColour } from '../../preload/contract/constants.ts';
import { useStores } from '../client/context.ts';

export function useAccountColour(instance: string | undefined): AccountColour | undefined {
  const { accounts, instances } = useStores();
  const account = instances(({ byKey }) => instance && byKey.get(instance)?.account);
  // An instance that left the list still stands under its account.
  const id = account ?? instance?.slice(0, instance.indexOf('/')) ?? '';
  return accounts(({ byKey }) => byKey.get(id)?.colour);
}
