/** What a job's state means for the page: whether it lives, how it looks, what may be done, what is news. */
import type { Job, JobState } from '../../preload/contract/jobs.ts';
import type { Mood } from '../ui/state-dot.tsx';

/** Not over: at work, waiting, or waiting for a person. */
export const isLive = ({ endedAt }: Job): boolean => endedAt === undefined;

/** Goes on by itself. */
export const isAtWork = ({ state }: Job): boolean => state === 'running' || state === 'waiting';

const moods: Readonly<Record<JobState, Mood>> = {
  running: 'busy',
  waiting: 'warn',
  'needs-user': 'warn',
  done: 'good',
  failed: 'bad',
  cancelled: 'idle',
};

export const jobMood = ({ state }: Job): Mood => moods[state];

const newestFirst = (a: Job, b: Job) => Date.parse(b.startedAt) - Date.parse(a.startedAt);

/** What lives stands above what has ended, the newest first. */
export function sortJobs(jobs: readonly Job[]): readonly Job[] {
  return [...jobs].sort((a, b) => Number(isLive(b)) - Number(isLive(a)) || newestFirst(a, b));
}

export const newestLive = (jobs: readonly Job[]): Job | undefined =>
  sortJobs(jobs.filter(isLive)).at(0);

/** What to tell the operator about by itself: a job that ended, or that waits for a person from now on. */
export function newsOf(before: ReadonlyMap<string, Job>, after: readonly Job[]): readonly Job[] {
  const isNews = (job: Job) => !isAtWork(job);
  return after.filter((job) => isNews(job) && before.get(job.id)?.state !== job.state);
}
