/** What a list of transfers means: how far, how well, and in which order. */
import { describe, expect, test } from 'vitest';
import type { Transfer } from '../../preload/contract/files.ts';
import {
  isEnded,
  isMoving,
  sortTransfers,
  transferMood,
  transferShare,
  wholeShare,
} from '../../renderer/files/transfer-states.ts';

const makeTransfer = (part: Partial<Transfer> = {}): Transfer => ({
  id: 't',
  instance: 'servers/a',
  instanceName: 'a',
  direction: 'upload',
  name: 'model.bin',
  directory: '/data',
  state: 'running',
  problems: [],
  items: 4,
  itemsDone: 1,
  bytes: 200,
  bytesDone: 50,
  bytesPerSecond: 10,
  startedAt: '2026-11-20T10:00:00.000Z',
  ...part,
});
const problem = {
  path: 'secret',
  failure: { code: 'forbidden', message: 'no', retryable: false },
} as const;

describe('how far a transfer is', () => {
  test('is its bytes, or its items where all are empty, or nothing anyone can tell', () => {
    expect(transferShare(makeTransfer())).toBe(0.25);
    expect(transferShare(makeTransfer({ bytes: 0, bytesDone: 0, itemsDone: 3 }))).toBe(0.75);
    expect(transferShare(makeTransfer({ state: 'preparing' }))).toBeUndefined();
    expect(transferShare(makeTransfer({ state: 'queued' }))).toBeUndefined();
    expect(transferShare(makeTransfer({ state: 'done', bytesDone: 0 }))).toBe(1);
  });

  test('counts for the whole until it has ended', () => {
    const ended = makeTransfer({ state: 'cancelled', bytes: 1000 });
    expect(wholeShare([makeTransfer(), makeTransfer({ bytesDone: 150 }), ended])).toBe(0.5);
    expect(wholeShare([ended])).toBeUndefined();
  });
});

test('what was left out is not called good, and nothing moved is called bad', () => {
  expect(transferMood(makeTransfer({ state: 'done' }))).toBe('good');
  expect(transferMood(makeTransfer({ state: 'done', problems: [problem] }))).toBe('warn');
  expect(transferMood(makeTransfer({ state: 'done', problems: [problem], itemsDone: 0 }))).toBe(
    'bad',
  );
  expect(transferMood(makeTransfer({ problems: [problem], itemsDone: 0 }))).toBe('busy');
});

test('a broken line still moves, what asks or is paused does not, and neither has ended', () => {
  const states = ['queued', 'waiting', 'paused', 'conflict', 'stalled'] as const;
  const transfers = states.map((state) => makeTransfer({ state }));
  expect(transfers.map(isMoving)).toEqual([true, true, false, false, false]);
  expect(transfers.some(isEnded)).toBe(false);
});

test('what goes on stands above what has ended, the newest first', () => {
  const at = (id: string, hour: number, state: Transfer['state']) =>
    makeTransfer({ id, state, startedAt: `2026-11-20T0${hour}:00:00.000Z` });
  const sorted = sortTransfers([
    at('old-done', 1, 'done'),
    at('old', 2, 'running'),
    at('new-done', 8, 'failed'),
    at('new', 7, 'paused'),
  ]);
  expect(sorted.map(({ id }) => id)).toEqual(['new', 'old', 'new-done', 'old-done']);
});
