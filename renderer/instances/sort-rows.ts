/** Sorts rows by a column; rows without a value come last in both directions. */
import type { Money } from '../../preload/contract/money.ts';
import type { ColumnId } from './columns.ts';
import { addressOf, type Row } from './rows.ts';
import { compareKeys, type SortKey, textKey } from './sort-key.ts';
import { stateOrder } from './state-tabs.ts';

export interface Sort {
  readonly column: ColumnId;
  readonly descending: boolean;
}

/** A number, a text key, an amount of money, or nothing. */
type Value = number | SortKey | { readonly currency: string; readonly amount: number } | undefined;

export function sortRows(
  rows: readonly Row[],
  { column, descending }: Sort,
  language: string,
): readonly Row[] {
  const compareTexts = compareKeys(new Intl.Collator(language, { numeric: true }));
  const direction = descending ? -1 : 1;
  const entries = rows.map((row) => ({ row, value: columnValue(row, column) }));
  entries.sort((a, b) => {
    if (a.value === undefined || b.value === undefined) {
      if (a.value !== b.value) return a.value === undefined ? 1 : -1;
    } else {
      const order = compareValues(a.value, b.value, compareTexts);
      if (order !== 0) return order * direction;
    }
    return compareTexts(a.row.nameKey, b.row.nameKey);
  });
  return entries.map(({ row }) => row);
}

function columnValue({ instance, accountName, nameKey }: Row, column: ColumnId): Value {
  switch (column) {
    case 'name':
      return nameKey;
    case 'state':
      return stateOrder(instance.state.kind);
    case 'id':
      return textKey(instance.id);
    case 'account':
      return textKey(accountName);
    case 'gpu':
      return instance.gpu ? textKey(instance.gpu) : undefined;
    case 'region':
      return instance.region ? textKey(instance.region) : undefined;
    case 'load':
      return instance.load && (instance.load.gpu ?? instance.load.cpu);
    case 'cost':
      return moneyValue(instance.cost.accrued ?? instance.cost.perHour);
    case 'tags':
      return instance.tags.length > 0 ? textKey(instance.tags.join(' ')) : undefined;
    case 'address':
      return instance.ssh ? textKey(addressOf({ ssh: instance.ssh })) : undefined;
    case 'action':
      return undefined;
  }
}

function moneyValue(money: Money | undefined): Value {
  return money && { currency: money.currency, amount: money.minor / 10 ** money.decimals };
}

type Present = Exclude<Value, undefined>;

function compareValues(
  a: Present,
  b: Present,
  compareTexts: (a: SortKey, b: SortKey) => number,
): number {
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  if ('currency' in a && 'currency' in b) {
    if (a.currency === b.currency) return a.amount - b.amount;
    return a.currency < b.currency ? -1 : 1;
  }
  return 'text' in a && 'text' in b ? compareTexts(a, b) : 0;
}
