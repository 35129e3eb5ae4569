/** The bill as CSV: RFC 4180, exact amounts, and nothing a spreadsheet would run. */
import { describe, expect, it } from 'vitest';
import type { BillingLine } from '../../preload/contract/instances.ts';
import {
  billingCsv,
  billingFileName,
  plainAmount,
} from '../../renderer/instances/detail/billing-csv.ts';

const credits = (minor: number) => ({ currency: 'credits', minor, decimals: 3 });

const line: BillingLine = {
  from: '2026-11-20T01:00:00.000Z',
  to: '2026-11-20T02:00:00.000Z',
  perHour: credits(650),
  amount: credits(650),
  estimate: false,
};

const header = 'instance,from_utc,to_utc,running,price_per_hour,amount,currency,estimate\r\n';

describe('the bill as CSV', () => {
  it('has one line each, ended by CRLF, with exact amounts', () => {
    const running = { ...line, running: true, estimate: true, amount: credits(5) } as const;
    expect(billingCsv('box', [line, running])).toBe(
      `${header}` +
        'box,2026-11-20T01:00:00.000Z,2026-11-20T02:00:00.000Z,no,0.650,0.650,credits,no\r\n' +
        'box,2026-11-20T01:00:00.000Z,2026-11-20T02:00:00.000Z,yes,0.650,0.005,credits,yes\r\n',
    );
  });

  it('quotes what would break a line apart', () => {
    expect(billingCsv('a,"b"\r\nc', [line])).toContain('"a,""b""\r\nc",2026');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('keeps %j a text', (name) => {
    const [, row = ''] = billingCsv(name, [line]).split(header);
    expect(row.replace(/^"/, '').startsWith("'")).toBe(true);
  });

  it('keeps a currency a text too', () => {
    const odd = { ...line, amount: { currency: '=cmd', minor: 1, decimals: 0 } };
    expect(billingCsv('box', [odd])).toContain(",'=cmd,");
  });
});

describe('an amount', () => {
  it.each([
    [650, 3, '0.650'],
    [123_456, 2, '1234.56'],
    [-50, 3, '-0.050'],
    [0, 3, '0.000'],
    [7, 0, '7'],
  ])('of %s with %s decimals is %s', (minor, decimals, text) => {
    expect(plainAmount({ currency: 'X', minor, decimals })).toBe(text);
  });
});

describe('the file’s name', () => {
  it.each([
    ['llm-base', 'llm-base-billing.csv'],
    ['../../etc/passwd', 'etc-passwd-billing.csv'],
    ['資料前處理', '資料前處理-billing.csv'],
    ['///', 'instance-billing.csv'],
  ])('of %j is %j', (instance, name) => {
    expect(billingFileName(instance)).toBe(name);
  });
});
