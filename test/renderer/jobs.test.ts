/** What a list of jobs means: what lives, what stands first, and what is news. */
import { describe, expect, test } from 'vitest';
import type { Job } from '../../preload/contract/jobs.ts';
import { newestLive, newsOf, sortJobs } from '../../renderer/jobs/job-states.ts';

const makeJob = (part: Partial<Job> & Pick<Job, 'id'>): Job => ({
  account: 'sandbox',
  action: 'take-snapshot',
  targetName: 'llm-base',
  state: 'running',
  step: 'wait-saved',
  stepNumber: 2,
  stepCount: 2,
  startedAt: '2026-11-20T10:00:00.000Z',
  facts: [],
  created: [],
  cancellable: false,
  ...part,
});
const ended = (id: string, state: Job['state'], startedAt: string) =>
  makeJob({ id, state, startedAt, endedAt: '2026-11-20T12:00:00.000Z' });
const idsOf = (jobs: readonly Job[]) => jobs.map(({ id }) => id);
const byId = (jobs: readonly Job[]) => new Map(jobs.map((job) => [job.id, job]));

test('what lives stands above what has ended, the newest first', () => {
  const jobs = [
    ended('old', 'done', '2026-11-20T08:00:00.000Z'),
    makeJob({ id: 'first', startedAt: '2026-11-20T09:00:00.000Z' }),
    ended('recent', 'failed', '2026-11-20T11:00:00.000Z'),
    makeJob({ id: 'second', state: 'needs-user', startedAt: '2026-11-20T10:00:00.000Z' }),
  ];
  expect(idsOf(sortJobs(jobs))).toEqual(['second', 'first', 'recent', 'old']);
  expect(newestLive(jobs)?.id).toBe('second');
});

test('no job is the newest when all have ended', () => {
  expect(newestLive([ended('old', 'done', '2026-11-20T08:00:00.000Z')])).toBeUndefined();
});

describe('news of jobs', () => {
  const live = makeJob({ id: 'a' });

  test.each<Job['state']>(['done', 'failed', 'cancelled'])(
    'are told once when one is %s',
    (state) => {
      const after = ended('a', state, live.startedAt);
      expect(idsOf(newsOf(byId([live]), [after]))).toEqual(['a']);
      expect(newsOf(byId([after]), [after])).toEqual([]);
    },
  );

  test('are told when a job begins to wait for a person', () => {
    const after = makeJob({ id: 'a', state: 'needs-user' });
    expect(idsOf(newsOf(byId([live]), [after]))).toEqual(['a']);
  });

  test('are told of a job that began and ended between two looks', () => {
    expect(idsOf(newsOf(new Map(), [ended('b', 'failed', live.startedAt)]))).toEqual(['b']);
  });

  test('are none while a job only goes on, or waits to try again', () => {
    const after = [makeJob({ id: 'a', progress: 0.4 }), makeJob({ id: 'b', state: 'waiting' })];
    expect(newsOf(byId([live]), after)).toEqual([]);
  });
});
