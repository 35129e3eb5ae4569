/** What own servers are estimated to cost: price × time, whatever the clock does. */
import { describe, expect, it } from 'vitest';
import { billingLines } from '../../main/clouds/servers/cloud.ts';
import { priceForDuration } from '../../preload/contract/money.ts';

const hourMs = 3_600_000;

describe('an estimate', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  const at = (hours: number) => new Date(now + hours * hourMs).toISOString();
  const price = (minor: number, currency = 'USD') => ({ currency, minor, decimals: 2 });
  const linesOf = (...prices: Parameters<typeof billingLines>[0]['prices']) =>
    billingLines({ prices }, { now: () => now, monotonic: () => 0 }).map(({ from, to, amount }) => [
      (Date.parse(to) - Date.parse(from)) / hourMs,
      amount.minor,
    ]);

  it.each<[string, Parameters<typeof billingLines>[0]['prices'], number[][]]>([
    ['without a price is none', [], []],
    ['of one price runs until now', [{ from: at(-2), perHour: price(300) }], [[2, 600]]],
    ['begun this moment is nothing', [{ from: at(0), perHour: price(300) }], [[0, 0]]],
    [
      'of two prices is one line each',
      [
        { from: at(-3), perHour: price(300) },
        { from: at(-1), perHour: price(500) },
      ],
      [
        [2, 600],
        [1, 500],
      ],
    ],
    [
      'has no line while there was no price',
      [
        { from: at(-3), perHour: price(300) },
        { from: at(-2), perHour: null },
        { from: at(-1), perHour: price(500) },
      ],
      [
        [1, 300],
        [1, 500],
      ],
    ],
    [
      'is rounded to the price’s own unit',
      [{ from: at(-1 / 3), perHour: price(100) }],
      [[1 / 3, 33]],
    ],
    ['is never negative when the clock went back', [{ from: at(5), perHour: price(300) }], []],
    [
      'is never negative when the clock went back between two prices',
      [
        { from: at(5), perHour: price(300) },
        { from: at(-1), perHour: price(500) },
      ],
      [[1, 500]],
    ],
    ['of a free server is nothing', [{ from: at(-9), perHour: price(0) }], [[9, 0]]],
  ])('%s', (_what, prices, expected) => {
    expect(linesOf(...prices)).toEqual(expected);
  });

  it('is exact over a hundred years of the highest price', () => {
    const amount = priceForDuration(price(1_000_000_000), 876_600 * hourMs);
    expect(amount.minor).toBe(1_000_000_000 * 876_600);
    expect(Number.isSafeInteger(amount.minor)).toBe(true);
  });
});
