/** The last minute of each tunnel, from what the page was told of it. */
import { expect, it } from 'vitest';
import { create } from 'zustand';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import type { CollectionState } from '../../renderer/client/collections.ts';
import { createThroughputHistory, seconds } from '../../renderer/tunnels/throughput-history.ts';
import { tunnelOf } from '../support/tunnel-of.ts';

function startedHistory() {
  let nowMs = 0;
  const store = create<CollectionState<Tunnel>>()(() => ({
    look: 'fresh',
    items: [],
    byKey: new Map(),
    retry: () => {},
  }));
  const history = createThroughputHistory(store, () => nowMs);
  return {
    tell(atMs: number, ...tunnels: Tunnel[]) {
      nowMs = atMs;
      store.setState({ items: tunnels, byKey: new Map(tunnels.map((item) => [item.id, item])) });
    },
    of: (atMs: number) => history.of('tunnel-1', atMs),
  };
}

const running = (bytesInPerSecond: number, bytesOutPerSecond = 0) =>
  tunnelOf({ bytesInPerSecond, bytesOutPerSecond });

it('adds both ways, and holds a figure until the next one', () => {
  const { tell, of } = startedHistory();
  tell(0, running(0));
  tell(50_000, running(100, 20));
  tell(58_000, running(0));
  const figures = of(60_000);
  expect(figures).toHaveLength(seconds);
  expect(figures.slice(-12)).toEqual([0, 120, 120, 120, 120, 120, 120, 120, 120, 0, 0, 0]);
});

it('forgets what is older than a minute, but not how the minute began', () => {
  const { tell, of } = startedHistory();
  for (let second = 0; second < 500; second += 1) tell(second * 1000, running(second));
  expect(of(499_000)).toEqual(Array.from({ length: seconds }, (_, index) => 440 + index));
  expect(of(700_000)).toEqual(Array.from({ length: seconds }, () => 499));
});

it('knows nothing of a tunnel that is gone or never was', () => {
  const { tell, of } = startedHistory();
  tell(0, running(5));
  tell(1000);
  expect(of(2000).some((figure) => figure > 0)).toBe(false);
});
