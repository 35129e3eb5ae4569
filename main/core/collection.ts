/** A keyed collection that tells its changes as deltas with a revision, gathered once per turn of the event loop. */
import { isDeepStrictEqual } from 'node:util';
import type { Delta, Snapshot } from '../../preload/contract/collection.ts';

export interface Collection<Item> {
  get(key: string): Item | undefined;
  values(): Iterable<Item>;
  /** Unchanged items make no delta. */
  set(item: Item): void;
  remove(key: string): void;
  snapshot(): Snapshot<Item>;
}

export function createCollection<Item>(
  keyOf: (item: Item) => string,
  publish: (delta: Delta<Item>) => void,
): Collection<Item> {
  const items = new Map<string, Item>();
  const touched = new Set<string>();
  let revision = 0;

  const flush = () => {
    if (touched.size === 0) return;
    revision += 1;
    const changed: Item[] = [];
    const removed: string[] = [];
    for (const key of touched) {
      const item = items.get(key);
      if (item === undefined) removed.push(key);
      else changed.push(item);
    }
    touched.clear();
    publish({ revision, changed, removed });
  };
  const touch = (key: string) => {
    if (touched.size === 0) setImmediate(flush);
    touched.add(key);
  };

  return {
    get: (key) => items.get(key),
    values: () => items.values(),
    set(item) {
      const key = keyOf(item);
      if (isDeepStrictEqual(items.get(key), item)) return;
      items.set(key, item);
      touch(key);
    },
    remove(key) {
      if (items.delete(key)) touch(key);
    },
    snapshot() {
      flush();
      return { revision, items: [...items.values()] };
    },
  };
}
