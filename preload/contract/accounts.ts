/** Accounts: who is connected to which cloud, and whether the last read worked. */
import { z } from 'zod';
import type { Delta, Snapshot } from './collection.ts';
import { type AccountColour, accountColours } from './constants.ts';
import { call, event, result } from './define.ts';
import type { Failure } from './errors.ts';
import type { ActionOffer } from './instances.ts';
import { secretSchema } from './vault.ts';

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
  /** False for what is always there, such as own servers. */
  readonly connected: boolean;
  /** Nothing of it is real: nothing costs and nothing is lost. */
  readonly simulated?: true;
  /** The cloud's own console, and the parts that only it has because the API does not offer them. */
  readonly console?: { readonly url: string; readonly parts: readonly string[] };
  readonly actions: readonly ActionOffer[];
  /** The key in the home directory's `.ssh` that is tried first on its instances. */
  readonly defaultKey?: string;
  /** Marks its terminals. */
  readonly colour?: AccountColour;
}

/** A cloud that accounts can be connected to; the form is drawn from the schema. */
export interface ConnectableCloud {
  readonly id: string;
  /** JSON Schema of what it needs, without the secrets. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Names of the secrets it needs. */
  readonly secrets: readonly string[];
}

export type ConnectOutcome =
  | { readonly kind: 'connected'; readonly account: string }
  /** A secret is to be saved and the operator has not said how: set the vault up, then connect again. */
  | { readonly kind: 'needs-vault' };

const account = z.string().max(100);

export const accounts = {
  clouds: call(z.strictObject({}), result<readonly ConnectableCloud[]>()),
  /** Checks that the account works before anything is kept. */
  connect: call(
    z.strictObject({
      cloud: z.string().max(100),
      name: z.string().min(1).max(100),
      input: z.unknown(),
      secrets: z.record(z.string().max(100), secretSchema),
    }),
    result<ConnectOutcome>(),
  ),
  /** Forgets the account and its secrets here; at the cloud nothing changes. */
  disconnect: call(z.strictObject({ account }), result<null>()),
  list: call(z.strictObject({}), result<Snapshot<Account>>()),
  /** The sandbox cloud among the accounts or not; its world is kept either way. */
  setSandbox: call(z.strictObject({ on: z.boolean() }), result<null>()),
  /** What the operator prefers for an account's instances; null takes a wish back. */
  prefer: call(
    z.strictObject({
      account,
      defaultKey: z
        .string()
        .regex(/^[\w.@+-]{1,200}$/)
        .nullable()
        .optional(),
      colour: z.enum(accountColours).nullable().optional(),
    }),
    result<null>(),
  ),
  /** Reads the account's instances now. */
  refresh: call(z.strictObject({ account }), result<null>()),
  changed: event<Delta<Account>>(),
};
