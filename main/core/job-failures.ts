/** What a failure means for a job: whether it waits for a person, and how long until the next try. */
import { CloudError } from '../../preload/contract/errors.ts';
import type { Log } from './log.ts';

const firstRetryMs = 2000;
const longestRetryMs = 60_000;
/** Rules of a disk that takes no writes; see `asDiskError`. */
const diskRules = ['disk-full', 'not-writable'];

/** A job whose account needs a person, or that cannot be written down, stays where it is. */
export const needsPerson = ({ code, rule }: CloudError): boolean =>
  code === 'unauthenticated' || diskRules.includes(rule?.id ?? '');

/** What the cloud asks for, else longer each time, with jitter; never more than a minute. */
export function retryMs(attempt: number, { details }: CloudError): number {
  const usual = firstRetryMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
  return Math.min(Math.max(usual, Number(details?.retryAfterMs ?? 0)), longestRetryMs);
}

export function asFailure(error: unknown, log: Log): CloudError {
  if (error instanceof CloudError) return error;
  log.error('a job step failed', { error });
  return new CloudError('internal', String(error));
}
