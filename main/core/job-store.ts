/** Jobs and their steps in the local database: what was meant, and what came of it. */
import type { Job } from '../../preload/contract/jobs.ts';
import { asDiskError } from './files.ts';
import type { History } from './history.ts';
import type { JobRequest } from './job-plan.ts';

export interface JobRecord extends JobRequest {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** The last view of a job that is at its end. */
  readonly ended?: Job;
}

export interface JobStore {
  all(): readonly JobRecord[];
  add(record: JobRecord): void;
  end(id: string, view: Job): void;
  remove(id: string): void;
  /** What was noted with it; undefined when there is none. */
  intent(job: string, step: number): { readonly noted: unknown } | undefined;
  writeIntent(job: string, step: number, noted: unknown, at: number): void;
  outcome(job: string, step: number): { readonly outcome: unknown } | undefined;
  writeOutcome(job: string, step: number, outcome: unknown, at: number): void;
}

interface StepRow {
  readonly noted: string | null;
  readonly outcome: string | null;
}

interface Row {
  readonly id: string;
  readonly request: string;
  readonly started_at: number;
  readonly ended: string | null;
}

/** Every write is durable before it returns: jobs must survive a loss of power, samples need not. */
export function createJobStore(history: History): JobStore {
  const all = history.prepare(
    'SELECT id, request, started_at, ended FROM jobs ORDER BY started_at',
  );
  const add = history.prepare('INSERT INTO jobs (id, request, started_at) VALUES (?, ?, ?)');
  const end = history.prepare('UPDATE jobs SET ended = ?, request = ? WHERE id = ?');
  const remove = history.prepare('DELETE FROM jobs WHERE id = ?');
  const removeSteps = history.prepare('DELETE FROM job_steps WHERE job = ?');
  const intent = history.prepare(
    'INSERT INTO job_steps (job, step, noted, intended_at) VALUES (?, ?, ?, ?)',
  );
  const step = history.prepare('SELECT noted, outcome FROM job_steps WHERE job = ? AND step = ?');
  const done = history.prepare(
    'UPDATE job_steps SET outcome = ?, done_at = ? WHERE job = ? AND step = ?',
  );
  const durably = (write: () => void) => {
    history.pragma('synchronous = FULL');
    try {
      write();
    } catch (error) {
      throw asDiskError(error, 'history.db');
    } finally {
      history.pragma('synchronous = NORMAL');
    }
  };
  const read = (job: string, number: number) => step.get(job, number) as StepRow | undefined;

  return {
    all: () =>
      (all.all() as readonly Row[]).map((row) => ({
        ...(JSON.parse(row.request) as JobRequest),
        id: row.id,
        startedAt: row.started_at,
        ...(row.ended !== null && { ended: JSON.parse(row.ended) as Job }),
      })),
    add({ id, startedAt, account, action, instance, targetName, input }) {
      const request = JSON.stringify({ account, action, instance, targetName, input });
      durably(() => add.run(id, request, startedAt));
    },
    end(id, view) {
      const { account, action, instance, targetName } = view;
      // What was asked for may hold what nobody should find later, such as variables of an environment.
      const request = JSON.stringify({ account, action, instance, targetName, input: null });
      durably(() => end.run(JSON.stringify(view), request, id));
      // Else it would stay readable in the write-ahead log.
      history.pragma('wal_checkpoint(TRUNCATE)');
    },
    remove(id) {
      remove.run(id);
      removeSteps.run(id);
    },
    intent(job, number) {
      const row = read(job, number);
      return row && { noted: JSON.parse(row.noted ?? 'null') };
    },
    writeIntent: (job, number, noted, at) =>
      durably(() => intent.run(job, number, JSON.stringify(noted ?? null), at)),
    outcome(job, number) {
      const row = read(job, number);
      return row?.outcome == null ? undefined : { outcome: JSON.parse(row.outcome) };
    },
    writeOutcome: (job, number, outcome, at) =>
      durably(() => done.run(JSON.stringify(outcome ?? null), at, job, number)),
  };
}
