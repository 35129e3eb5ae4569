/** One line of the benchmark table: ours beside a peer measured in the same run, and the budget. */

export interface Measurement {
  readonly name: string;
  readonly ours: number;
  readonly peer: number;
  readonly unit: string;
  /** ours / peer; null where the peer needed nothing at all. */
  readonly ratio: number | null;
  /** In words. */
  readonly budget: string;
  readonly ok: boolean;
}

export interface Bench {
  readonly name: string;
  run(): Promise<readonly Measurement[]>;
}

export type Budget =
  | { readonly ratioAtLeast: number }
  | { readonly ratioAtMost: number }
  /** In the measurement's unit. */
  | { readonly atMost: number };

export function measure(
  name: string,
  unit: string,
  ours: number,
  peer: number,
  budget: Budget,
): Measurement {
  const ratio = peer > 0 ? round(ours / peer) : null;
  return {
    name,
    ours: round(ours),
    peer: round(peer),
    unit,
    ratio,
    budget: word(budget, unit),
    ok: isKept(budget, ours, ratio),
  };
}

function word(budget: Budget, unit: string): string {
  if ('atMost' in budget) return `at most ${budget.atMost} ${unit}`;
  if ('ratioAtLeast' in budget) return `at least ${budget.ratioAtLeast} × peer`;
  return `at most ${budget.ratioAtMost} × peer`;
}

function isKept(budget: Budget, ours: number, ratio: number | null): boolean {
  if ('atMost' in budget) return ours <= budget.atMost;
  if (ratio === null) return false;
  return 'ratioAtLeast' in budget ? ratio >= budget.ratioAtLeast : ratio <= budget.ratioAtMost;
}

/** Three digits that mean something. */
const round = (value: number): number => Number(value.toPrecision(3));

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** @param share of the values that are at most as large, from 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const found = sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}
