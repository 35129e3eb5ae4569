/** What an instance's state means for whoever works in it. */
import { describe, expect, it } from 'vitest';
import { standingOf } from '../../main/features/standings.ts';
import type { StateKind } from '../../preload/contract/constants.ts';
import type { State } from '../../preload/contract/instances.ts';

const stateOf = (kind: StateKind): State => ({
  kind,
  word: kind,
  transient: kind !== 'running' && kind !== 'released',
  billed: kind === 'running' ? 'full' : 'none',
});

describe('where an instance stands', () => {
  const enterable = { kind: 'enterable' } as const;
  const ruleIn = (state: StateKind | undefined, former = standingOf(undefined, enterable)) => {
    const standing = standingOf(state && stateOf(state), former);
    return standing.kind === 'enterable' ? undefined : standing.failure.rule?.id;
  };

  it.each<[StateKind, string | undefined]>([
    ['running', undefined],
    ['creating', undefined],
    ['unknown', undefined],
    ['snapshotting', 'waits-for-snapshot'],
    ['releasing', 'waits-for-release'],
    ['released', 'instance-released'],
  ])('%s', (state, rule) => {
    expect(ruleIn(state)).toBe(rule);
  });

  it('one that leaves the list while it waits has been released; one that was enterable is not judged', () => {
    const waits = standingOf(stateOf('snapshotting'), enterable);
    expect(ruleIn(undefined, waits)).toBe('instance-released');
    expect(ruleIn(undefined, enterable)).toBeUndefined();
  });
});
