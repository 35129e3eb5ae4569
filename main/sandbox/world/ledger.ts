/** What everything cost, to the milli-credit: derived from when instances ran, so it cannot drift from it. */
import type { Account, Instance, WorldState } from './model.ts';
import { runningSpans, type Span } from './timeline.ts';

export const dayMs = 86_400_000;

export interface LedgerLine extends Span {
  readonly id: string;
  readonly instanceId: string;
  readonly instanceName: string;
  readonly kind: 'compute' | 'storage';
  /** Hundredths of a credit: per hour for compute, per day for storage. */
  readonly priceCent: number;
  readonly amountMilli: number;
}

/**
 * Compute is billed by the whole second. A price in hundredths of a credit per hour is ten milli-credits
 * per hour, hence the 360. Rounded down once per line: nobody pays for what was not used.
 */
export function computeMilli(priceCent: number, fromMs: number, toMs: number): number {
  const seconds = Math.max(0, Math.floor((toMs - fromMs) / 1000));
  return Math.floor((priceCent * seconds) / 360);
}

/** What one instance cost so far. */
export function accruedMilli(instance: Instance, now: number): number {
  let sum = 0;
  for (const { from, to } of runningSpans(instance.timeline, now)) {
    sum += computeMilli(instance.priceCent, from, to ?? now);
  }
  return sum;
}

/** One line for each time the instance ran. */
export function computeLines(instance: Instance, now: number): readonly LedgerLine[] {
  return runningSpans(instance.timeline, now).map(({ from, to }, index) => ({
    id: `${instance.id}-${index + 1}`,
    instanceId: instance.id,
    instanceName: instance.name,
    kind: 'compute',
    from,
    to,
    priceCent: instance.priceCent,
    amountMilli: computeMilli(instance.priceCent, from, to ?? now),
  }));
}

/** Days of the storage plan that have begun; a day is paid when it begins. */
const planDays = (account: Account, now: number): number =>
  now < account.planStartedAt ? 0 : Math.floor((now - account.planStartedAt) / dayMs) + 1;

export function storageLines(account: Account, now: number): readonly LedgerLine[] {
  return Array.from({ length: planDays(account, now) }, (_, day) => {
    const from = account.planStartedAt + day * dayMs;
    const to = from + dayMs;
    return {
      id: `storage-${day + 1}`,
      instanceId: '',
      instanceName: '',
      kind: 'storage',
      from,
      to: to <= now ? to : null,
      priceCent: account.planDayMilli / 10,
      amountMilli: account.planDayMilli,
    };
  });
}

export function spentMilli(state: WorldState, now: number): number {
  let sum = planDays(state.account, now) * state.account.planDayMilli;
  for (const instance of state.instances.values()) sum += accruedMilli(instance, now);
  return sum;
}

/** What was paid in less all lines, to the milli-credit. */
export function balanceMilli(state: WorldState, now: number): number {
  return state.account.paidInMilli - spentMilli(state, now);
}
