/** How an account's last reading looks as a dot. */
import type { Account } from '../../preload/contract/accounts.ts';
import type { Mood } from '../ui/state-dot.tsx';

export const accountMoods: Readonly<Record<Account['reading'], Mood>> = {
  never: 'busy',
  ok: 'good',
  failed: 'bad',
};
