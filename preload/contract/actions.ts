/** What may be done to a target: described as data, run by id. */
import { z } from 'zod';
import { call, result } from './define.ts';
import type { TextRef } from './errors.ts';

/** One action of a cloud, as the page needs it to draw a button, a form and a confirmation. */
export interface ActionDescription {
  readonly cloud: string;
  readonly id: string;
  readonly target: 'account' | 'instance';
  /** `danger` is drawn in red and always confirmed. */
  readonly weight: 'primary' | 'normal' | 'danger';
  readonly confirm: boolean;
  /** Whether it can end the instance: the local lock bars it then. */
  readonly endsInstance: boolean;
  /** What will follow, worded under `consequences.<id>`. */
  readonly consequences: readonly TextRef[];
  /** JSON Schema of the input, drawn as a form unless a wizard is registered for the action's id. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Input field → the contract call that lists its choices. */
  readonly choices: Readonly<Record<string, string>>;
}

export type ActionOutcome =
  | {
      readonly kind: 'done';
      readonly facts: readonly TextRef[];
      readonly created: readonly string[];
    }
  /** A job does it, and goes on whatever happens to the application. */
  | { readonly kind: 'started'; readonly job: string }
  /** A secret is to be saved and the operator has not said how: set the vault up, then run again. */
  | { readonly kind: 'needs-vault' };

export const actions = {
  describe: call(z.strictObject({}), result<readonly ActionDescription[]>()),
  /** `instance` is an instance's key; absent for an action on the account itself. `input` is checked against the action's own schema. */
  run: call(
    z.strictObject({
      account: z.string().max(100),
      action: z.string().max(100),
      instance: z.string().max(300).optional(),
      input: z.unknown(),
    }),
    result<ActionOutcome>(),
  ),
};
