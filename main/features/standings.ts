/** What an instance's state means for whoever works in it: it can be entered, it waits, or it is over. */
import { type CloudError, refusal } from '../../preload/contract/errors.ts';
import type { State } from '../../preload/contract/instances.ts';
import type { Fleet } from './fleet.ts';

export type Standing =
  | { readonly kind: 'enterable' }
  /** Nobody dials; everything goes on by itself when the instance runs again. */
  | { readonly kind: 'waits'; readonly failure: CloudError }
  /** It never runs again. */
  | { readonly kind: 'over'; readonly failure: CloudError };

export interface Standings {
  of(instance: string): Standing;
  /** Told when an instance comes to another kind of standing; never for one that was always enterable. */
  onChange(handler: (instance: string, standing: Standing) => void): void;
  /** A connection that was up and is lost is often the first sign of another state: the cloud is asked at once. */
  connectionChanged(instance: string, isUp: boolean): void;
}

const enterable: Standing = { kind: 'enterable' };

/**
 * @param state absent: the cloud does not list the instance any more
 * @param former an instance that leaves the list while it waits has been released
 */
export function standingOf(state: State | undefined, former: Standing): Standing {
  switch (state?.kind) {
    case 'snapshotting':
      return { kind: 'waits', failure: refusal('conflict', 'waits-for-snapshot') };
    case 'releasing':
      return { kind: 'waits', failure: refusal('conflict', 'waits-for-release') };
    case 'released':
      return { kind: 'over', failure: refusal('not-found', 'instance-released') };
    case undefined:
      return former.kind === 'waits'
        ? { kind: 'over', failure: refusal('not-found', 'instance-released') }
        : former;
    default:
      return enterable;
  }
}

const ruleOf = (standing: Standing) =>
  standing.kind === 'enterable' ? undefined : standing.failure.rule?.id;

export function createStandings(
  fleet: Pick<Fleet, 'onStateChange' | 'instances' | 'refresh'>,
): Standings {
  const connected = new Set<string>();
  const standings = new Map<string, Standing>();
  const handlers: ((instance: string, standing: Standing) => void)[] = [];
  const of = (instance: string) => standings.get(instance) ?? enterable;

  fleet.onStateChange((instance, state) => {
    const former = of(instance);
    const standing = standingOf(state, former);
    if (ruleOf(standing) === ruleOf(former)) return;
    if (standing.kind === 'enterable') standings.delete(instance);
    else standings.set(instance, standing);
    for (const handler of handlers) handler(instance, standing);
  });
  return {
    of,
    onChange: (handler) => void handlers.push(handler),
    connectionChanged(instance, isUp) {
      if (isUp) connected.add(instance);
      else if (connected.delete(instance)) {
        const account = fleet.instances.get(instance)?.account;
        if (account !== undefined) void fleet.refresh(account);
      }
    },
  };
}
