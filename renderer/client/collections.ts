/** A collection of the core as a Zustand store: a snapshot, then deltas; read again when one was missed. */
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import type { Delta, Snapshot } from '../../preload/contract/collection.ts';
import type { CloudError } from '../../preload/contract/errors.ts';
import type { CallName, EventName, PayloadOf, ResultOf } from '../../preload/contract/index.ts';
import type { Client } from './client.ts';

/** The four looks of a list: loading (never read), failed, stale (read before, now cut off) or fresh. */
export interface CollectionState<Item> {
  readonly look: 'loading' | 'failed' | 'stale' | 'fresh';
  readonly failure?: CloudError;
  /** In the order of the core. A new array at every change; unchanged items keep their identity. */
  readonly items: readonly Item[];
  readonly byKey: ReadonlyMap<string, Item>;
  /** Reads it again, after that failed. */
  readonly retry: () => void;
}

export type CollectionStore<Item> = UseBoundStore<StoreApi<CollectionState<Item>>>;

type ListName = {
  [Name in CallName]: ResultOf<Name> extends Snapshot<infer _Item> ? Name : never;
}[CallName];
type ItemOf<Name extends ListName> = ResultOf<Name> extends Snapshot<infer Item> ? Item : never;

export function createCollectionStore<
  Name extends ListName,
  Changed extends {
    [E in EventName]: PayloadOf<E> extends Delta<ItemOf<Name>> ? E : never;
  }[EventName],
>(
  client: Client,
  list: Name,
  changed: Changed,
  keyOf: (item: ItemOf<Name>) => string,
): CollectionStore<ItemOf<Name>> {
  type Item = ItemOf<Name>;
  let revision = -1;
  let early: Delta<Item>[] = [];
  let reading = false;

  const store = create<CollectionState<Item>>()(() => ({
    look: 'loading',
    items: [],
    byKey: new Map(),
    retry() {
      store.setState({ look: 'loading' });
      read();
    },
  }));

  const put = (byKey: ReadonlyMap<string, Item>) =>
    store.setState({ look: 'fresh', items: [...byKey.values()], byKey });

  const read = () => {
    if (reading) return;
    reading = true;
    const answer = client.call(list, {} as never) as Promise<Snapshot<Item>>;
    answer.then(
      (snapshot) => {
        reading = false;
        revision = snapshot.revision;
        put(new Map(snapshot.items.map((item) => [keyOf(item), item])));
        const missed = early;
        early = [];
        for (const delta of missed) take(delta);
      },
      (failure: CloudError) => {
        reading = false;
        early = [];
        store.setState(({ items }) => ({ look: items.length > 0 ? 'stale' : 'failed', failure }));
      },
    );
  };

  const take = (delta: Delta<Item>) => {
    if (reading) {
      early.push(delta);
      return;
    }
    if (delta.revision <= revision) return;
    if (delta.revision !== revision + 1) {
      read();
      return;
    }
    revision = delta.revision;
    const byKey = new Map(store.getState().byKey);
    for (const key of delta.removed) byKey.delete(key);
    for (const item of delta.changed) byKey.set(keyOf(item), item);
    put(byKey);
  };

  client.on(changed, (delta) => take(delta as Delta<Item>));
  client.onConnected(read);
  client.connection.subscribe(() => {
    if (client.connection.state === 'connected') return;
    reading = false;
    store.setState(({ look }) => ({ look: look === 'fresh' ? 'stale' : look }));
  });
  return store;
}
