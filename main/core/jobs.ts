/** The job kernel: intent before a request, outcome after it, reconcile in between; each step exactly once. */
import { randomUUID } from 'node:crypto';
import { CloudError, refusal } from '../../preload/contract/errors.ts';
import type { Job } from '../../preload/contract/jobs.ts';
import { type Clock, isoNow } from './clock.ts';
import { createCollection } from './collection.ts';
import { withDeadline } from './deadline.ts';
import type { Events } from './events.ts';
import type { History } from './history.ts';
import { asFailure, needsPerson, retryMs } from './job-failures.ts';
import type { JobPlan, JobRequest, JobStep, Reconciled, StepContext } from './job-plan.ts';
import { createJobStore, type JobRecord } from './job-store.ts';
import { changeView, type JobChanges, viewOf } from './job-view.ts';
import type { Log } from './log.ts';
import { pause } from './pause.ts';
import type { Handlers } from './router.ts';

export interface Jobs {
  /** Writes the job down, then begins. @returns its id */
  start(request: JobRequest): string;
  /** Goes on with what a crash or a quit left unfinished. */
  resume(): void;
  /** Whether a job on the instance is not at its end. */
  isBusy(instance: string): boolean;
  /** Jobs that are at work, or wait to try again. */
  liveCount(): number;
  readonly handlers: Pick<Handlers, 'jobs.list' | 'jobs.cancel' | 'jobs.retry' | 'jobs.dismiss'>;
  close(): void;
}

export interface JobsParts {
  readonly history: History;
  readonly events: Events;
  readonly clock: Clock;
  readonly log: Log;
  /** The steps of an action, made anew after a restart. @throws CloudError not-found when the account is gone */
  plan(request: JobRequest): JobPlan;
  onEnd(job: Job): void;
  /** A step has been done: the cloud tells something new of its target. */
  onStep?(request: JobRequest): void;
}

/** How long a cloud has to say whether what was called off had begun. */
const lastLookMs = 10_000;

interface Control {
  cancelled: boolean;
  abort: AbortController;
}

export function createJobs(parts: JobsParts): Jobs {
  const { events, clock, log } = parts;
  const store = createJobStore(parts.history);
  const running = new Map<string, Control>();
  const views = createCollection<Job>(
    ({ id }) => id,
    (delta) => events.emit('jobs.changed', delta),
  );
  for (const record of store.all()) views.set(viewOf(record));

  const update = (id: string, part: JobChanges): void => {
    const before = views.get(id);
    if (before) views.set(changeView(before, part));
  };

  function end(record: JobRecord, part: JobChanges & Pick<Job, 'state'>): void {
    const before = views.get(record.id);
    if (!before) return;
    const view = changeView(before, {
      progress: undefined,
      word: undefined,
      cancellable: false,
      ...part,
      endedAt: isoNow(clock),
    });
    store.end(record.id, view);
    views.set(view);
    parts.onEnd(view);
  }

  function settle(record: JobRecord, cancelled: boolean, failure: CloudError): void {
    const stay = (reason: CloudError) =>
      update(record.id, { state: 'needs-user', failure: reason.toFailure() });
    try {
      if (cancelled) end(record, { state: 'cancelled' });
      else if (needsPerson(failure)) stay(failure);
      else end(record, { state: 'failed', failure: failure.toFailure() });
    } catch (error) {
      stay(asFailure(error, log));
    }
  }

  async function work(record: JobRecord): Promise<void> {
    const control: Control = { cancelled: false, abort: new AbortController() };
    running.set(record.id, control);
    try {
      await runSteps(record, control);
    } catch (error) {
      if (control.abort.signal.aborted && !control.cancelled) return;
      settle(record, control.cancelled, asFailure(error, log));
    } finally {
      running.delete(record.id);
    }
  }

  async function runSteps(record: JobRecord, control: Control): Promise<void> {
    const plan = parts.plan(record);
    const outcomes: Record<string, unknown> = {};
    for (const [index, step] of plan.steps.entries()) {
      const number = index + 1;
      const known = store.outcome(record.id, number);
      if (known) {
        outcomes[step.id] = known.outcome;
        continue;
      }
      if (control.cancelled) throw new CloudError('cancelled', 'cancelled');
      const { id: stepId, cancellable } = step;
      const stepCount = plan.steps.length;
      const place = { step: stepId, stepNumber: number, stepCount, cancellable };
      update(record.id, { ...place, progress: undefined, word: undefined });
      const context: StepContext = {
        key: `${record.id}-${number}`,
        outcomes,
        noted: undefined,
        signal: control.abort.signal,
        progress: (share, word) => update(record.id, { progress: share, word }),
      };
      outcomes[stepId] = await runStep(record, number, step, context, control);
      store.writeOutcome(record.id, number, outcomes[stepId], clock.now());
      parts.onStep?.(record);
    }
    end(record, { state: 'done', ...plan.end(outcomes) });
  }

  /** Until it is known to have happened: once. */
  async function runStep(
    record: JobRecord,
    number: number,
    step: JobStep,
    context: StepContext,
    control: Control,
  ): Promise<unknown> {
    let intent = store.intent(record.id, number);
    for (let attempt = 1; ; attempt += 1) {
      try {
        if (context.signal.aborted) throw new CloudError('cancelled', 'cancelled');
        if (intent && step.reconcile) {
          const found = await step.reconcile({ ...context, ...intent });
          if (found.kind === 'done') return found.outcome;
        }
        if (!intent) {
          const noted = await step.note?.(context);
          store.writeIntent(record.id, number, noted, clock.now());
          intent = { noted };
        }
        update(record.id, { state: 'running', failure: undefined });
        return await step.run({ ...context, ...intent });
      } catch (error) {
        const failure = asFailure(error, log);
        if (context.signal.aborted) {
          const found = intent && (await lookOnceMore(step, { ...context, ...intent }, control));
          if (found?.kind !== 'done') throw failure;
          return found.outcome;
        }
        if (!failure.retryable) throw failure;
        update(record.id, { state: 'waiting', failure: failure.toFailure() });
        await pause(retryMs(attempt, failure), context.signal);
      }
    }
  }

  /** Called off while nobody knows whether the request got through: what a cloud has begun goes on to its end. */
  async function lookOnceMore(
    step: JobStep,
    context: StepContext,
    control: Control,
  ): Promise<Reconciled | undefined> {
    if (!control.cancelled) return undefined;
    const { signal } = new AbortController();
    const look = async (limited: AbortSignal) => step.reconcile?.({ ...context, signal: limited });
    const found = await withDeadline(signal, lastLookMs, look).catch(() => undefined);
    if (found?.kind === 'done') {
      control.cancelled = false;
      control.abort = new AbortController();
    }
    return found;
  }

  const find = (id: string): Job => {
    const job = views.get(id);
    if (!job) throw refusal('not-found', 'job-gone');
    return job;
  };
  return {
    start(request) {
      const record: JobRecord = { ...request, id: randomUUID(), startedAt: clock.now() };
      store.add(record);
      views.set(viewOf(record));
      void work(record);
      return record.id;
    },
    resume() {
      for (const record of store.all()) if (!record.ended) void work(record);
    },
    isBusy: (instance) =>
      [...views.values()].some((job) => job.instance === instance && !job.endedAt),
    liveCount: () => running.size,
    handlers: {
      'jobs.list': () => views.snapshot(),
      'jobs.cancel': ({ id }) => {
        const job = find(id);
        const control = running.get(id);
        if (job.endedAt) throw refusal('conflict', 'job-ended');
        if (!control) {
          const record = store.all().find((candidate) => candidate.id === id);
          if (record) end(record, { state: 'cancelled' });
          return null;
        }
        if (!job.cancellable) throw refusal('conflict', 'job-not-cancellable');
        control.cancelled = true;
        control.abort.abort();
        return null;
      },
      'jobs.retry': ({ id }) => {
        if (find(id).state !== 'needs-user' || running.has(id)) {
          throw refusal('conflict', 'job-not-waiting');
        }
        const record = store.all().find((candidate) => candidate.id === id);
        if (record) void work(record);
        return null;
      },
      'jobs.dismiss': ({ id }) => {
        if (!find(id).endedAt) throw refusal('conflict', 'job-not-ended');
        store.remove(id);
        views.remove(id);
        return null;
      },
    },
    close() {
      for (const { abort } of running.values()) abort.abort();
    },
  };
}
