/** What a list of transfers means: which go on, which ended, how far all of them are, and which asks something. */
import type { Transfer } from '../../preload/contract/files.ts';
import type { Mood } from '../ui/state-dot.tsx';

const endedStates: readonly Transfer['state'][] = ['done', 'failed', 'cancelled'];

export const isEnded = ({ state }: Pick<Transfer, 'state'>): boolean => endedStates.includes(state);

/** Something moves, or will by itself. */
export const isMoving = ({ state }: Transfer): boolean =>
  state === 'queued' || state === 'preparing' || state === 'running' || state === 'waiting';

const moods: Readonly<Record<Transfer['state'], Mood>> = {
  queued: 'idle',
  preparing: 'busy',
  running: 'busy',
  paused: 'idle',
  waiting: 'warn',
  conflict: 'warn',
  stalled: 'warn',
  done: 'good',
  failed: 'bad',
  cancelled: 'idle',
};

/** At its end, and every item of it was left out. */
export const movedNothing = ({ state, problems, itemsDone }: Transfer): boolean =>
  state === 'done' && problems.length > 0 && itemsDone === 0;

/** Done with something left out is not simply good. */
export function transferMood(transfer: Transfer): Mood {
  if (movedNothing(transfer)) return 'bad';
  return transfer.state === 'done' && transfer.problems.length > 0 ? 'warn' : moods[transfer.state];
}

/** 0 to 1; undefined while nobody can tell. Of empty files the number counts. */
export function transferShare(transfer: Transfer): number | undefined {
  const { state, bytes, bytesDone, items, itemsDone } = transfer;
  if (state === 'done') return 1;
  if (state === 'preparing' || state === 'queued') return undefined;
  if (bytes > 0) return bytesDone / bytes;
  return items > 0 ? itemsDone / items : undefined;
}

/** Of all that have not ended together. */
export function wholeShare(transfers: readonly Transfer[]): number | undefined {
  let bytes = 0;
  let bytesDone = 0;
  for (const transfer of transfers) {
    if (isEnded(transfer)) continue;
    bytes += transfer.bytes;
    bytesDone += transfer.bytesDone;
  }
  return bytes > 0 ? bytesDone / bytes : undefined;
}

/** What goes on stands above what has ended, the newest first. */
export function sortTransfers(transfers: readonly Transfer[]): readonly Transfer[] {
  return [...transfers].sort(
    (a, b) =>
      Number(isEnded(a)) - Number(isEnded(b)) ||
      (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0),
  );
}
