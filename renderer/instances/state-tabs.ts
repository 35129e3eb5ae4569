/** The tabs over the table: states by kind, counted, in an order that never moves. */
import { type StateKind, stateKinds } from '../../preload/contract/constants.ts';
import type { Mood } from '../ui/state-dot.tsx';
import type { Row } from './rows.ts';

export type StateTab = StateKind | 'all';

/** Running first, then what is on its way, what rests, what is gone, what is wrong. */
const tabOrder: readonly StateKind[] = [
  'running',
  'creating',
  'starting',
  'rebooting',
  'snapshotting',
  'migrating',
  'stopping',
  'stopped',
  'releasing',
  'released',
  'error',
  'unknown',
];

export const stateOrder = (kind: StateKind): number => tabOrder.indexOf(kind);

export interface TabCount {
  readonly tab: StateTab;
  readonly count: number;
}

/** Running and All always; of the other kinds those that occur, and the chosen one even when it is empty now. */
export function countTabs(rows: readonly Row[], chosen: StateTab): readonly TabCount[] {
  const counts = new Map<StateKind, number>(stateKinds.map((kind) => [kind, 0]));
  for (const { instance } of rows) {
    counts.set(instance.state.kind, (counts.get(instance.state.kind) ?? 0) + 1);
  }
  const tabs: TabCount[] = [];
  for (const tab of tabOrder) {
    const count = counts.get(tab) ?? 0;
    if (count > 0 || tab === 'running' || tab === chosen) tabs.push({ tab, count });
  }
  return [...tabs, { tab: 'all', count: rows.length }];
}

const moods: Readonly<Record<StateKind, Mood>> = {
  creating: 'busy',
  starting: 'busy',
  running: 'good',
  stopping: 'busy',
  stopped: 'idle',
  rebooting: 'busy',
  snapshotting: 'busy',
  migrating: 'busy',
  releasing: 'busy',
  released: 'idle',
  error: 'bad',
  unknown: 'idle',
};

export const moodOf = (kind: StateKind): Mood => moods[kind];
