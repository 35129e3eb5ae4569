/** Jobs: operations that survive a crash of the application, with numbered steps and an end. */
import { z } from 'zod';
import type { Delta, Snapshot } from './collection.ts';
import { call, event, result } from './define.ts';
import type { Failure, TextRef } from './errors.ts';

export type JobState =
  | 'running'
  /** Something passing went wrong; it goes on by itself. */
  | 'waiting'
  /** Only a person can help, as after a revoked token; `retry` goes on from the same step. */
  | 'needs-user'
  | 'done'
  | 'failed'
  | 'cancelled';

export interface Job {
  readonly id: string;
  readonly account: string;
  readonly action: string;
  /** Key of the instance it works on; absent for an action on the account. */
  readonly instance?: string;
  readonly targetName: string;
  readonly state: JobState;
  /** Id of the step at work, worded under `jobs:step.<id>`. */
  readonly step: string;
  /** From 1. */
  readonly stepNumber: number;
  readonly stepCount: number;
  /** Of the step, 0 to 1, where the cloud tells. */
  readonly progress?: number;
  /** The cloud's own word for what goes on. */
  readonly word?: string;
  readonly failure?: Failure;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly facts: readonly TextRef[];
  /** Keys of instances that came to be. */
  readonly created: readonly string[];
  readonly cancellable: boolean;
}

const args = z.strictObject({ id: z.string().max(64) });

export const jobs = {
  list: call(z.strictObject({}), result<Snapshot<Job>>()),
  /** Ends it, where the step at work allows; what a cloud turns out to have begun is not undone: that job goes on to its end. */
  cancel: call(args, result<null>()),
  retry: call(args, result<null>()),
  /** Takes an ended job off the list. */
  dismiss: call(args, result<null>()),
  changed: event<Delta<Job>>(),
};
