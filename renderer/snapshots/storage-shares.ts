/** What uses the storage, by kind, as shares of the quota. */
import type { StorageUse } from '../../preload/contract/snapshots.ts';

type Item = StorageUse['items'][number];

export interface StorageShare {
  readonly kind: Item['kind'] | 'other';
  readonly sizeBytes: number;
  /** Of the quota, or of what is used where that is more; 0 to 1. */
  readonly share: number;
}

const kinds = ['snapshot', 'datadrive', 'image'] as const;

/** What the account uses beyond the items it names is shown as `other`, never left out. */
export function storageShares({
  quotaBytes,
  usedBytes,
  items,
}: StorageUse): readonly StorageShare[] {
  const named = kinds.map((kind) => ({
    kind,
    sizeBytes: items
      .filter((item) => item.kind === kind)
      .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  }));
  const namedBytes = named.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const other = { kind: 'other', sizeBytes: Math.max(0, usedBytes - namedBytes) } as const;
  const whole = Math.max(quotaBytes, usedBytes, namedBytes, 1);
  return [...named, other]
    .filter(({ sizeBytes }) => sizeBytes > 0)
    .map((part) => ({ ...part, share: part.sizeBytes / whole }));
}

export const biggestFirst = (items: readonly Item[]): readonly Item[] =>
  [...items].sort((a, b) => b.sizeBytes - a.sizeBytes);
