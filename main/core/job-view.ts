/** A job as the page sees it. */
import type { Job } from '../../preload/contract/jobs.ts';
import type { JobRecord } from './job-store.ts';

/** Undefined takes a field away. */
export type JobChanges = { readonly [Key in keyof Job]?: Job[Key] | undefined };

/** The last view of one that is at its end; else one that begins, or goes on after a restart. */
export function viewOf(record: JobRecord): Job {
  if (record.ended) return record.ended;
  return {
    id: record.id,
    account: record.account,
    action: record.action,
    ...(record.instance !== undefined && { instance: record.instance }),
    targetName: record.targetName,
    state: 'running',
    step: '',
    stepNumber: 1,
    stepCount: 1,
    startedAt: new Date(record.startedAt).toISOString(),
    facts: [],
    created: [],
    cancellable: false,
  };
}

/** A view is JSON: a field without a value is not there. */
export function changeView(before: Job, part: JobChanges): Job {
  return Object.fromEntries(
    Object.entries({ ...before, ...part }).filter(([, value]) => value !== undefined),
  ) as never;
}
