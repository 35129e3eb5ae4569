/** What happens by itself as time passes: credit runs out, deleted snapshots go for good. */
import { balanceMilli, dayMs, spentMilli } from './ledger.ts';
import { rescue } from './lifecycle.ts';
import type { Change, Instance, WorldState } from './model.ts';
import { forgetGoneSnapshots } from './snapshots.ts';
import { statusAt } from './timeline.ts';

export interface Settlement {
  readonly changes: readonly Change[];
  /** Nothing can happen by itself before this moment, unless a command changes something. */
  readonly nothingBefore: number;
}

/** @param since the moment up to which everything has happened already */
export function settle(state: WorldState, since: number, now: number): Settlement {
  const forgotten = forgetGoneSnapshots(state, now);
  const burning = [...state.instances.values()].filter((instance) => mayCost(instance, since));
  if (burning.length === 0 || balanceMilli(state, now) > 0) {
    return { changes: forgotten, nothingBefore: solventUntil(state, burning, now) };
  }
  const emptyAt = firstMomentWithoutCredit(state, burning, since, now);
  const rescued = burning.flatMap((instance) => rescue(instance, emptyAt));
  return { changes: [...forgotten, ...rescued], nothingBefore: now };
}

const mayCost = ({ timeline }: Instance, moment: number): boolean =>
  !['Releasing', 'Released'].includes(statusAt(timeline, moment));

/** The credit lasts at least until then, even if everything that may cost does. */
function solventUntil(state: WorldState, burning: readonly Instance[], now: number): number {
  const { planDayMilli } = state.account;
  const centPerHour = burning.reduce((sum, { priceCent }) => sum + priceCent, 0);
  const milliPerMs = (centPerHour * 10) / 3_600_000 + planDayMilli / dayMs;
  if (milliPerMs === 0) return now + dayMs;
  const milli = balanceMilli(state, now) - planDayMilli;
  return now + Math.max(0, Math.min(dayMs, Math.floor(milli / milliPerMs)));
}

/** The balance only falls between two commands, so the moment can be found by halving. */
function firstMomentWithoutCredit(
  state: WorldState,
  burning: readonly Instance[],
  since: number,
  now: number,
): number {
  const spentByOthers =
    spentMilli(state, since) - spentMilli({ ...state, instances: byId(burning) }, since);
  const paidInMilli = state.account.paidInMilli - spentByOthers;
  const rest = {
    ...state,
    account: { ...state.account, paidInMilli },
    instances: byId(burning),
  };
  if (balanceMilli(rest, since) <= 0) return since;
  let before = since;
  let after = now;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (balanceMilli(rest, middle) > 0) before = middle;
    else after = middle;
  }
  return after;
}

const byId = (instances: readonly Instance[]) =>
  new Map(instances.map((instance) => [instance.id, instance]));
