/** One line of the benchmark table: ours beside a peer measured in the same run, and the budget. */

export interface Measurement {
  readonly name: string;
  readonly ours: number;
  readonly peer: number;
  readonly unit: string;
  /** ours / peer */
  readonly ratio: number;
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
  const ratio = ours / peer;
  const judged = judge(budget, unit, ours, ratio);
  return { name, ours: round(ours), peer: round(peer), unit, ratio: round(ratio), ...judged };
}

function judge(
  budget: Budget,
  unit: string,
  ours: number,
  ratio: number,
): Pick<Measurement, 'budget' | 'ok'> {
  if ('atMost' in budget) {
    return { budget: `at most ${budget.atMost} ${unit}`, ok: ours <= budget.atMost };
  }
  if ('ratioAtLeast' in budget) {
    const { ratioAtLeast } = budget;
    return { budget: `at least ${ratioAtLeast} × peer`, ok: round(ratio) >= ratioAtLeast };
  }
  const { ratioAtMost } = budget;
  return { budget: `at most ${ratioAtMost} × peer`, ok: round(ratio) <= ratioAtMost };
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
