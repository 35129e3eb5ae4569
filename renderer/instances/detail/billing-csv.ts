/** Billing lines as CSV (RFC 4180), safe to open in a spreadsheet. */
import type { BillingLine } from '../../../preload/contract/instances.ts';
import type { Money } from '../../../preload/contract/money.ts';

const header = [
  'instance',
  'from_utc',
  'to_utc',
  'running',
  'price_per_hour',
  'amount',
  'currency',
  'estimate',
] as const;

/** What a spreadsheet would run when a cell begins with it. */
const formulaStart = /^[=+\-@\t\r]/;
const needsQuotes = /[",\r\n]/;

/** A text somebody else wrote: never a formula. */
const text = (value: string): string => (formulaStart.test(value) ? `'${value}` : value);

const quoted = (cell: string): string =>
  needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** Exact, with all decimals and a point: `-0.050`. */
export function plainAmount({ minor, decimals }: Money): string {
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const sign = minor < 0 ? '-' : '';
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`;
}

/** @returns lines ended by CRLF, the header first */
export function billingCsv(instanceName: string, lines: readonly BillingLine[]): string {
  const rows = lines.map(({ from, to, running, perHour, amount, estimate }) => [
    text(instanceName),
    from,
    to,
    running ? 'yes' : 'no',
    plainAmount(perHour),
    plainAmount(amount),
    text(amount.currency),
    estimate ? 'yes' : 'no',
  ]);
  return [header, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

/** A file name every system takes. */
export function billingFileName(instanceName: string): string {
  const name = instanceName
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 80);
  return `${name || 'instance'}-billing.csv`;
}
