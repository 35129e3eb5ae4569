/** Snapshots of every account that has them, and the storage they use. */
import { z } from 'zod';
import { call, result } from './define.ts';
import type { Failure } from './errors.ts';

export interface SavedSnapshot {
  readonly account: string;
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** `word` is the cloud's own. */
  readonly status: {
    readonly kind: 'saving' | 'available' | 'restorable' | 'unknown';
    readonly word: string;
  };
  readonly createdAt?: string;
  readonly sourceName?: string;
  /** When a deleted one can no longer be restored. */
  readonly expiresAt?: string;
}

export interface StorageUse {
  readonly account: string;
  readonly quotaBytes: number;
  readonly usedBytes: number;
  readonly expiresAt?: string;
  readonly items: readonly {
    readonly kind: 'snapshot' | 'datadrive' | 'image';
    readonly name: string;
    readonly sizeBytes: number;
  }[];
}

/** What could not be read stands in `failures`: never an empty list in its place. */
export interface SnapshotList {
  readonly snapshots: readonly SavedSnapshot[];
  readonly storage: readonly StorageUse[];
  readonly failures: readonly { readonly account: string; readonly failure: Failure }[];
}

const target = { account: z.string().max(100), id: z.string().min(1).max(64) };

export const snapshots = {
  list: call(z.strictObject({}), result<SnapshotList>()),
  rename: call(z.strictObject({ ...target, name: z.string().min(1).max(64) }), result<null>()),
  /** Without `forGood` it stays restorable for a time. */
  remove: call(z.strictObject({ ...target, forGood: z.boolean() }), result<null>()),
  restore: call(z.strictObject(target), result<null>()),
};
