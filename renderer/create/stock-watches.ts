/** Hardware that was out of stock, and what is to happen once there is some; kept while the page is open. */
import { create } from 'zustand';
import type { HardwareSpec } from '../../preload/contract/catalogue.ts';
import type { ActionStart } from '../instances/action-flow.ts';
import type { CreateInput } from './create-input.ts';

export interface StockWatch {
  readonly id: string;
  readonly start: ActionStart;
  readonly kind: HardwareSpec['kind'];
  readonly name: string;
  readonly region: string;
  readonly units: number;
  /** Present: it is ordered at once. Absent: the operator is told. */
  readonly order?: CreateInput;
}

export interface StockWatches {
  readonly watches: readonly StockWatch[];
  add(watch: Omit<StockWatch, 'id'>): void;
  /** @returns false when it was not there any more: whoever takes it away acts on it, once */
  take(id: string): boolean;
}

type Place = Pick<HardwareSpec, 'kind' | 'name' | 'region'>;

export const watchKey = (account: string, { kind, name, region }: Place): string =>
  [account, kind, region, name].join(' ');

/** Whether what is waited for can be had now; stock that nobody tells is nothing to wait for any longer. */
export function hasArrived(watch: StockWatch, specs: readonly HardwareSpec[]): boolean {
  const spec = specs.find(
    ({ kind, name, region }) =>
      kind === watch.kind && name === watch.name && region === watch.region,
  );
  return spec !== undefined && (spec.stock === undefined || spec.stock >= watch.units);
}

export function createStockWatches() {
  return create<StockWatches>()((set, get) => ({
    watches: [],
    /** One per hardware and account: the later wish replaces the former. */
    add(watch) {
      const id = watchKey(watch.start.account.id, watch);
      set(({ watches }) => ({
        watches: [...watches.filter((other) => other.id !== id), { ...watch, id }],
      }));
    },
    take(id) {
      const { watches } = get();
      const rest = watches.filter((watch) => watch.id !== id);
      set({ watches: rest });
      return rest.length < watches.length;
    },
  }));
}
