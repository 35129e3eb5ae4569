/** An instance for tests of the page: plain and running unless told otherwise. */
import type { Instance } from '../../preload/contract/instances.ts';

export function makeInstance(part: Partial<Instance> & { readonly id: string }): Instance {
  return {
    key: `servers/${part.id}`,
    account: 'servers',
    name: part.id,
    state: { kind: 'running', word: 'reachable', transient: false, billed: 'full' },
    tags: [],
    cost: { estimate: true },
    actions: [],
    ...part,
  };
}
