/** Whether an instance may be entered just now: nobody dials what is being saved or released, and who moves files waits for it. */
import { once } from 'node:events';
import { CloudError } from '../../../preload/contract/errors.ts';
import type { Standings } from '../standings.ts';

export interface Entrance {
  /** @throws CloudError why it may not: network where it will again */
  check(instance: string): void;
  /**
   * Works while the instance may be entered, and once more from the start when it may again.
   * @throws CloudError what the work threw, or why the instance is never entered again
   */
  whileOpen(
    instance: string,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<void>;
}

export function createEntrance(standings: Pick<Standings, 'of' | 'onChange'>): Entrance {
  const watchers = new Set<(instance: string) => void>();
  standings.onChange((instance) => {
    for (const watch of [...watchers]) watch(instance);
  });
  return {
    check(instance) {
      const standing = standings.of(instance);
      if (standing.kind === 'over') throw standing.failure;
      if (standing.kind === 'enterable') return;
      const { message, rule } = standing.failure;
      throw new CloudError('network', message, { ...(rule && { rule }) });
    },
    async whileOpen(instance, signal, work) {
      for (;;) {
        const standing = standings.of(instance);
        if (standing.kind === 'over') throw standing.failure;
        const changed = new AbortController();
        const watch = (other: string) => {
          if (other === instance) changed.abort();
        };
        const either = AbortSignal.any([signal, changed.signal]);
        watchers.add(watch);
        try {
          if (standing.kind === 'enterable') return await work(either);
          if (!either.aborted) await once(either, 'abort');
        } catch (error) {
          if (!changed.signal.aborted) throw error;
        } finally {
          watchers.delete(watch);
        }
        if (signal.aborted) throw new CloudError('cancelled', 'cancelled');
      }
    },
  };
}
