/** Accounts: who is connected to which cloud, and whether the last read worked. */
import { z } from 'zod';
import type { Delta, Snapshot } from './collection.ts';
import { call, event, result } from './define.ts';
import type { Failure } from './errors.ts';
import type { ActionOffer } from './instances.ts';

export interface Account {
  readonly id: string;
  readonly cloud: string;
  readonly name: string;
  /** `failed` keeps the instances last read, marked stale: an error is never an empty list. */
  readonly reading: 'never' | 'ok' | 'failed';
  readonly failure?: Failure;
  readonly lastReadAt?: string;
  /** Names of the optional parts the cloud has. */
  readonly parts: readonly string[];
  readonly actions: readonly ActionOffer[];
}

export const accounts = {
  list: call(z.strictObject({}), result<Snapshot<Account>>()),
  /** Reads the account's instances now. */
  refresh: call(z.strictObject({ account: z.string().max(100) }), result<null>()),
  changed: event<Delta<Account>>(),
};
