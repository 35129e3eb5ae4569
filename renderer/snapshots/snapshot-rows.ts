/** Which snapshots stand under which tab, and what may be done with each. */
import type { SavedSnapshot } from '../../preload/contract/snapshots.ts';
import type { Mood } from '../ui/state-dot.tsx';

export type SnapshotTab = 'available' | 'restorable';

type Kind = SavedSnapshot['status']['kind'];

/** What is being saved will be available; a word nobody knows must not vanish. */
const tabOf = (kind: Kind): SnapshotTab => (kind === 'restorable' ? 'restorable' : 'available');

const moods: Readonly<Record<Kind, Mood>> = {
  saving: 'busy',
  available: 'good',
  restorable: 'idle',
  unknown: 'idle',
};

export const snapshotMood = (kind: Kind): Mood => moods[kind];

const millisecondsOf = (at: string | undefined) => (at === undefined ? 0 : Date.parse(at) || 0);

/** Of one tab, the newest first. */
export function rowsOf(
  snapshots: readonly SavedSnapshot[],
  tab: SnapshotTab,
): readonly SavedSnapshot[] {
  return snapshots
    .filter(({ status }) => tabOf(status.kind) === tab)
    .sort((a, b) => millisecondsOf(b.createdAt) - millisecondsOf(a.createdAt));
}

export const snapshotKey = ({ account, id }: Pick<SavedSnapshot, 'account' | 'id'>): string =>
  `${account}/${id}`;
