/** Calls on accounts. */
import type { Handlers } from '../core/router.ts';
import type { Fleet } from './fleet.ts';

export function accountHandlers(
  fleet: Fleet,
): Pick<Handlers, 'accounts.list' | 'accounts.refresh'> {
  return {
    'accounts.list': () => fleet.accounts.snapshot(),
    'accounts.refresh': async ({ account }) => {
      const { cloud } = fleet.account(account);
      await fleet.refresh(account);
      await cloud.probe?.(AbortSignal.timeout(60_000));
      await fleet.refresh(account);
      return null;
    },
  };
}
