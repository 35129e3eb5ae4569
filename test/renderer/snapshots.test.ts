/** Snapshots under their tabs, and what uses the storage. */
import { describe, expect, test } from 'vitest';
import type { SavedSnapshot, StorageUse } from '../../preload/contract/snapshots.ts';
import { rowsOf } from '../../renderer/snapshots/snapshot-rows.ts';
import { biggestFirst, storageShares } from '../../renderer/snapshots/storage-shares.ts';

const makeSnapshot = (
  id: string,
  kind: SavedSnapshot['status']['kind'],
  createdAt?: string,
): SavedSnapshot => ({
  account: 'sandbox',
  id,
  name: id,
  sizeBytes: 1,
  status: { kind, word: kind },
  ...(createdAt && { createdAt }),
});

test('what is saved, being saved or unknown stands under Available, the newest first', () => {
  const snapshots = [
    makeSnapshot('old', 'available', '2026-11-01T00:00:00Z'),
    makeSnapshot('deleted', 'restorable', '2026-11-02T00:00:00Z'),
    makeSnapshot('now', 'saving', '2026-11-20T00:00:00Z'),
    makeSnapshot('odd', 'unknown'),
  ];
  const idsIn = (tab: 'available' | 'restorable') => rowsOf(snapshots, tab).map(({ id }) => id);
  expect(idsIn('available')).toEqual(['now', 'old', 'odd']);
  expect(idsIn('restorable')).toEqual(['deleted']);
});

describe('the storage', () => {
  const use = (part: Partial<StorageUse>): StorageUse => ({
    account: 'sandbox',
    quotaBytes: 100,
    usedBytes: 40,
    items: [
      { kind: 'snapshot', name: 'a', sizeBytes: 10 },
      { kind: 'datadrive', name: 'b', sizeBytes: 20 },
      { kind: 'snapshot', name: 'c', sizeBytes: 5 },
    ],
    ...part,
  });

  test('is shared out by kind, with a rest that nobody named', () => {
    expect(storageShares(use({}))).toEqual([
      { kind: 'snapshot', sizeBytes: 15, share: 0.15 },
      { kind: 'datadrive', sizeBytes: 20, share: 0.2 },
      { kind: 'other', sizeBytes: 5, share: 0.05 },
    ]);
  });

  test('never fills more than its bar, also when more is used than paid for', () => {
    const shares = storageShares(use({ usedBytes: 400 }));
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  test('has no shares when nothing is there, not even a quota', () => {
    expect(storageShares(use({ quotaBytes: 0, usedBytes: 0, items: [] }))).toEqual([]);
  });

  test('names the biggest item first', () => {
    expect(biggestFirst(use({}).items).map(({ name }) => name)).toEqual(['b', 'a', 'c']);
  });
});
