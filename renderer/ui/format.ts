/** How amounts, sizes and times read in one language; every time names its zone. */
import type { Language } from '../../preload/contract/constants.ts';
import type { Money } from '../../preload/contract/money.ts';

export interface Formats {
  readonly language: Language;
  /** A count: `12,345`. */
  count(value: number): string;
  /** A share of 0 to 1 as whole percent: `92%`. */
  share(value: number): string;
  /** An amount with its currency: `US$1.20`, `14.62 credits`. */
  money(amount: Money): string;
  /** A size in bytes with decimal units: `41 MB`. */
  bytes(value: number): string;
  /** A size in bytes with the binary units that hardware and storage are sold in: `24 GiB`. */
  binaryBytes(value: number): string;
  /** Date, time and zone of an ISO 8601 instant. */
  dateTime(iso: string): string;
  /** Date and time to the minute, without the zone: only where `exactTime` is a pointer away. */
  shortTime(iso: string): string;
  /** Date, time to the second and zone of an ISO 8601 instant. */
  exactTime(iso: string): string;
  /** Time and zone of an ISO 8601 instant. */
  time(iso: string): string;
  /** A stretch of time in its two largest units: `2d 1h`. */
  duration(durationMs: number): string;
  /** Names one after the other: `a, b`, `a、b`. */
  list(names: readonly string[]): string;
}

interface Units {
  readonly step: number;
  /** From here on a figure reads better in the next unit. */
  readonly largest: number;
  readonly names: readonly string[];
}

const decimalUnits: Units = {
  step: 1000,
  largest: 999.95,
  names: ['B', 'kB', 'MB', 'GB', 'TB', 'PB'],
};
const binaryUnits: Units = {
  step: 1024,
  largest: 1023.95,
  names: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'],
};

const durationUnits = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** @param timeZone IANA name; absent: the machine's own */
export function createFormats(language: Language, timeZone?: string): Formats {
  const zone = timeZone ? { timeZone } : {};
  const count = new Intl.NumberFormat(language);
  const oneDecimal = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const clock = {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...zone,
  } as const;
  const time = new Intl.DateTimeFormat(language, { ...clock, second: '2-digit' });
  const day = { year: 'numeric', month: 'short', day: 'numeric' } as const;
  const dateTime = new Intl.DateTimeFormat(language, { ...day, ...clock });
  const exactTime = new Intl.DateTimeFormat(language, { ...day, ...clock, second: '2-digit' });
  const shortTime = new Intl.DateTimeFormat(language, {
    ...day,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...zone,
  });

  /** One per currency and number of decimals: making them is slow. */
  const amounts = new Map<string, Intl.NumberFormat>();
  const amountFormat = (decimals: number, currency?: string): Intl.NumberFormat => {
    const key = `${currency ?? ''} ${decimals}`;
    const known = amounts.get(key);
    if (known) return known;
    const made = new Intl.NumberFormat(language, {
      ...(currency && { style: 'currency', currency }),
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    amounts.set(key, made);
    return made;
  };
  const size = (value: number, { step, largest, names }: Units): string => {
    let unit = 0;
    let rest = value;
    while (rest >= largest && unit < names.length - 1) {
      rest /= step;
      unit += 1;
    }
    const number =
      unit === 0 || rest >= 100 ? count.format(Math.round(rest)) : oneDecimal.format(rest);
    return `${number} ${names[unit]}`;
  };
  return {
    language,
    count: (value) => count.format(value),
    share: (value) => share.format(value),
    money({ currency, minor, decimals }) {
      const value = minor / 10 ** decimals;
      return /^[A-Z]{3}$/.test(currency)
        ? amountFormat(decimals, currency).format(value)
        : `${amountFormat(decimals).format(value)} ${currency}`;
    },
    bytes: (value) => size(value, decimalUnits),
    binaryBytes: (value) => size(value, binaryUnits),
    dateTime: (iso) => formatInstant(dateTime, iso),
    shortTime: (iso) => formatInstant(shortTime, iso),
    exactTime: (iso) => formatInstant(exactTime, iso),
    time: (iso) => formatInstant(time, iso),
    duration(durationMs) {
      let restMs = Math.max(0, durationMs);
      const parts: string[] = [];
      for (const [unit, unitMs] of durationUnits) {
        const amount = Math.floor(restMs / unitMs);
        restMs -= amount * unitMs;
        if (amount === 0 && (parts.length === 0 ? unit !== 'second' : true)) {
          if (parts.length > 0) break;
          continue;
        }
        const unitFormat = { style: 'unit', unit, unitDisplay: 'narrow' } as const;
        const part = new Intl.NumberFormat(language, unitFormat).format(amount);
        // Simplified Chinese alone comes without the space that every other text of ours has there.
        parts.push(part.replace(/(?<=\d)(?=\p{Script=Han})/u, ' '));
        if (parts.length === 2) break;
      }
      return parts.join(' ');
    },
    list: (names) => names.join(language === 'en' ? ', ' : '、'),
  };
}

/** An instant that cannot be read is shown as it came. */
function formatInstant(format: Intl.DateTimeFormat, iso: string): string {
  const instant = new Date(iso);
  return Number.isNaN(instant.getTime()) ? iso : format.format(instant);
}
