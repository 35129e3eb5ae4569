/** How much went through each tunnel in the last minute, remembered while the page is open. */
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import type { CollectionStore } from '../client/collections.ts';

export interface ThroughputHistory {
  /** Bytes per second, both ways, one figure for each of the last `seconds`, the newest last. */
  of(id: string, nowMs: number): readonly number[];
}

interface Sample {
  readonly atMs: number;
  readonly bytesPerSecond: number;
}

export const seconds = 60;

/**
 * A tunnel is told of when it changes, so a figure holds until the next one.
 * @param now milliseconds since 1970
 */
export function createThroughputHistory(
  tunnels: CollectionStore<Tunnel>,
  now: () => number,
): ThroughputHistory {
  const histories = new Map<string, Sample[]>();

  const note = ({ id, bytesInPerSecond, bytesOutPerSecond }: Tunnel) => {
    const samples = histories.get(id) ?? [];
    histories.set(id, samples);
    const bytesPerSecond = bytesInPerSecond + bytesOutPerSecond;
    const atMs = now();
    if (samples.at(-1)?.bytesPerSecond === bytesPerSecond) return;
    samples.push({ atMs, bytesPerSecond });
    // The last one before the minute began still says how it began.
    const oldestMs = atMs - seconds * 1000;
    while ((samples[1]?.atMs ?? atMs) < oldestMs) samples.shift();
  };
  tunnels.getState().items.forEach(note);
  tunnels.subscribe(({ items, byKey }, before) => {
    if (byKey === before.byKey) return;
    for (const tunnel of items) if (before.byKey.get(tunnel.id) !== tunnel) note(tunnel);
    for (const id of histories.keys()) if (!byKey.has(id)) histories.delete(id);
  });

  return {
    of(id, nowMs) {
      const samples = histories.get(id) ?? [];
      const figures: number[] = [];
      let next = 0;
      let current = 0;
      for (let second = seconds - 1; second >= 0; second -= 1) {
        const endMs = nowMs - second * 1000;
        for (; next < samples.length; next += 1) {
          const sample = samples[next];
          if (!sample || sample.atMs > endMs) break;
          current = sample.bytesPerSecond;
        }
        figures.push(current);
      }
      return figures;
    },
  };
}
