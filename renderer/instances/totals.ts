/** Sums over rows: what an hour costs now, per currency, and whether any of it was only worked out. */

import type { Instance } from '../../preload/contract/instances.ts';
import { type Money, sumMoney } from '../../preload/contract/money.ts';

export interface Burn {
  readonly perHour: readonly Money[];
  /** True when an amount in it is price × time, not a cloud's own statement. */
  readonly estimate: boolean;
}

/** Only what is billed in full costs its price per hour; a state nobody knows the billing of is not counted. */
export function burnOf(instances: Iterable<Instance>): Burn {
  const amounts: Money[] = [];
  let estimate = false;
  for (const { cost, state } of instances) {
    if (state.billed !== 'full' || !cost.perHour) continue;
    amounts.push(cost.perHour);
    estimate ||= cost.estimate;
  }
  return { perHour: sumMoney(amounts).filter(({ minor }) => minor > 0), estimate };
}
