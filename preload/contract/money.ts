/** Amounts of money as integers, so that sums are exact. */

export interface Money {
  /** ISO 4217, or a cloud's own credit such as `credits`. */
  readonly currency: string;
  /** Whole number of 10^-decimals of the currency. */
  readonly minor: number;
  readonly decimals: number;
}

/** The same amount with more decimals. */
function rescale(money: Money, decimals: number): number {
  return money.minor * 10 ** (decimals - money.decimals);
}

/** Sums per currency; amounts of different currencies are never added. */
export function sumMoney(amounts: Iterable<Money>): readonly Money[] {
  const totals = new Map<string, Money>();
  for (const amount of amounts) {
    const total = totals.get(amount.currency);
    const decimals = Math.max(amount.decimals, total?.decimals ?? 0);
    const minor = rescale(amount, decimals) + (total ? rescale(total, decimals) : 0);
    totals.set(amount.currency, { currency: amount.currency, minor, decimals });
  }
  return [...totals.values()];
}

/** Price × time, rounded half up to the price's own minor unit. */
export function priceForDuration(perHour: Money, durationMs: number): Money {
  return { ...perHour, minor: Math.round((perHour.minor * durationMs) / 3_600_000) };
}
