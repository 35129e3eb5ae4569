/** Collections: a page that starts from a snapshot and follows the deltas always has what the core has. */
import { describe, expect, it } from 'vitest';
import { createCollection } from '../../main/core/collection.ts';
import { createEvents } from '../../main/core/events.ts';
import type { Delta } from '../../preload/contract/collection.ts';
import { createRandom } from '../support/contract/random-frames.ts';

interface Item {
  readonly id: string;
  readonly value: number;
  readonly tags?: readonly string[];
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

function create() {
  const deltas: Delta<Item>[] = [];
  const collection = createCollection<Item>(
    ({ id }) => id,
    (delta) => deltas.push(delta),
  );
  return { collection, deltas };
}

describe('a collection', () => {
  it('tells many changes of one turn as one delta, with the last of each', async () => {
    const { collection, deltas } = create();
    collection.set({ id: 'a', value: 1 });
    collection.set({ id: 'a', value: 2 });
    collection.set({ id: 'b', value: 1 });
    collection.set({ id: 'c', value: 1 });
    collection.remove('c');
    expect(deltas).toEqual([]);
    await turn();
    expect(deltas).toEqual([
      {
        revision: 1,
        changed: [
          { id: 'a', value: 2 },
          { id: 'b', value: 1 },
        ],
        removed: ['c'],
      },
    ]);
  });

  it('tells nothing when nothing changed', async () => {
    const { collection, deltas } = create();
    collection.set({ id: 'a', value: 1, tags: ['x'] });
    await turn();
    collection.set({ id: 'a', value: 1, tags: ['x'] });
    collection.remove('no-such');
    await turn();
    expect(deltas).toHaveLength(1);
    collection.set({ id: 'a', value: 1, tags: ['y'] });
    await turn();
    expect(deltas.map(({ revision }) => revision)).toEqual([1, 2]);
  });

  it('gives a snapshot that has everything told so far, and nothing is told twice', async () => {
    const { collection, deltas } = create();
    collection.set({ id: 'a', value: 1 });
    expect(collection.snapshot()).toEqual({ revision: 1, items: [{ id: 'a', value: 1 }] });
    await turn();
    expect(deltas).toHaveLength(1);
    collection.remove('a');
    expect(collection.snapshot()).toEqual({ revision: 2, items: [] });
    expect([...collection.values()]).toEqual([]);
    expect(collection.get('a')).toBeUndefined();
  });

  it('is followed by a page whenever that joins', async () => {
    const random = createRandom(7);
    const { collection, deltas } = create();
    for (let round = 0; round < 300; round += 1) {
      const id = `i${Math.floor(random() * 20)}`;
      if (random() < 0.3) collection.remove(id);
      else collection.set({ id, value: Math.floor(random() * 3) });
      if (random() < 0.4) await turn();
      if (round % 37 !== 0) continue;
      const { revision, items } = collection.snapshot();
      const page = new Map(items.map((item) => [item.id, item]));
      for (let more = 0; more < 20; more += 1) {
        collection.set({ id: `i${Math.floor(random() * 20)}`, value: more });
        if (random() < 0.3) collection.remove(`i${Math.floor(random() * 20)}`);
        if (random() < 0.4) await turn();
      }
      await turn();
      let expected = revision;
      for (const delta of deltas.filter((candidate) => candidate.revision > revision)) {
        expected += 1;
        expect(delta.revision).toBe(expected);
        for (const item of delta.changed) page.set(item.id, item);
        for (const gone of delta.removed) page.delete(gone);
      }
      expect(new Map([...collection.values()].map((item) => [item.id, item]))).toEqual(page);
    }
  });
});

describe('events', () => {
  it('reach every page as the same text, until it stops listening', () => {
    const events = createEvents();
    const heard: string[] = [];
    const stop = events.subscribe((text) => heard.push(`one ${text}`));
    events.subscribe((text) => heard.push(`two ${text}`));
    events.emit('app.noticesChanged', []);
    stop();
    events.emit('app.noticesChanged', []);
    const text = JSON.stringify({ type: 'event', name: 'app.noticesChanged', payload: [] });
    expect(heard).toEqual([`one ${text}`, `two ${text}`, `two ${text}`]);
  });
});
