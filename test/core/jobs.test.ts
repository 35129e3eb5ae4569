/** The job kernel: what is written before a request, what is given to whom, and how a job ends or waits. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../main/core/clock.ts';
import { createEvents } from '../../main/core/events.ts';
import { type History, openHistory } from '../../main/core/history.ts';
import type { JobStep, StepContext } from '../../main/core/job-plan.ts';
import { createJobs } from '../../main/core/jobs.ts';
import { createNotices } from '../../main/core/notices.ts';
import { CloudError, refusal } from '../../preload/contract/errors.ts';
import { createTempDir, type TempDir } from '../support/temp-dir.ts';

let directory: TempDir;
let history: History;
beforeEach(() => {
  directory = createTempDir('jobs');
  history = openHistory(directory.path, systemClock, createNotices(createEvents(), systemClock));
});
afterEach(() => {
  history.close();
  directory.remove();
});

const { signal } = new AbortController();

function open(steps: readonly JobStep[], database = history) {
  const jobs = createJobs({
    history: database,
    events: createEvents(),
    clock: systemClock,
    log: { info() {}, warn() {}, error() {} },
    plan: () => ({ steps, end: () => ({ facts: [], created: [] }) }),
    onEnd: () => {},
  });
  const list = async () => (await jobs.handlers['jobs.list']({}, signal)).items;
  const start = (input: unknown = {}) =>
    jobs.start({ account: 'a', action: 'b', instance: 'a/c', targetName: 'c', input });
  return { ...jobs, list, start, first: async () => (await list())[0] };
}

const step = (run: JobStep['run'], more: Partial<JobStep> = {}): JobStep => ({
  id: 'only',
  cancellable: true,
  run,
  ...more,
});
const ended = { state: 'done', endedAt: expect.any(String) };
const offline = () => new CloudError('network', 'the answer was lost');

describe('what is noted before a request', () => {
  it('is the same for every attempt, for reconciling, and after a restart', async () => {
    const seen: unknown[] = [];
    let notes = 0;
    const see = ({ noted }: StepContext) => void seen.push(noted);
    const steps = (isBack: boolean) => [
      step(
        async (context) => {
          see(context);
          if (!isBack) throw offline();
          return null;
        },
        {
          note: async () => {
            notes += 1;
            return notes;
          },
          reconcile: async (context) => {
            see(context);
            return { kind: 'not-done' };
          },
        },
      ),
    ];
    const before = open(steps(false));
    before.start();
    await expect.poll(before.first).toMatchObject({ state: 'waiting' });
    before.close();
    const after = open(steps(true));
    after.resume();
    await expect.poll(after.first).toMatchObject(ended);
    expect([notes, seen]).toEqual([1, [1, 1, 1]]);
  });
});

describe('a job', () => {
  it('leaves nothing of its input behind once it is at its end', async () => {
    const secret = 'CANARY-environment-5f1c';
    const { start, first } = open([step(async () => null)]);
    start({ environment: { TOKEN: secret } });
    await expect.poll(first).toMatchObject(ended);
    const files = readdirSync(directory.path).map((name) => join(directory.path, name));
    expect(files.filter((file) => readFileSync(file).includes(secret))).toEqual([]);
  });

  it('does not carry the progress of one step into the next', async () => {
    const steps = [
      step(async ({ progress }) => progress(0.9, 'Suspending'), { id: 'one' }),
      step(() => new Promise(() => {}), { id: 'two' }),
    ];
    const { start, first } = open(steps);
    start();
    await expect.poll(first).toMatchObject({ step: 'two' });
    expect(await first()).not.toHaveProperty('progress');
  });

  it('waits at least as long as the cloud asks before it tries again', async () => {
    let tries = 0;
    const { start, first } = open([
      step(async () => {
        tries += 1;
        throw new CloudError('rate-limited', 'slowly', { details: { retryAfterMs: 60_000 } });
      }),
    ]);
    start();
    await expect.poll(first).toMatchObject({ state: 'waiting' });
    await new Promise((resolve) => setTimeout(resolve, 2300));
    expect(tries).toBe(1);
  });

  it('that waits for a person still bars another on the same instance', async () => {
    const jobs = open([step(() => Promise.reject(refusal('unauthenticated', 'vault-locked')))]);
    const id = jobs.start();
    await expect.poll(jobs.first).toMatchObject({ state: 'needs-user' });
    expect(jobs.isBusy('a/c')).toBe(true);
    await jobs.handlers['jobs.cancel']({ id }, signal);
    expect(jobs.isBusy('a/c')).toBe(false);
  });
});

describe('cancelling', () => {
  /** A request that reaches the cloud, whose answer never comes. */
  const lost = (happened: boolean) =>
    step(
      ({ signal: called }) =>
        new Promise((_resolve, reject) => {
          called.addEventListener('abort', () => reject(new CloudError('cancelled', 'cancelled')));
        }),
      {
        reconcile: async () =>
          happened ? { kind: 'done', outcome: 'ins-1' } : { kind: 'not-done' },
      },
    );
  const followedBy = (ran: unknown[]) =>
    step(async ({ outcomes }) => void ran.push(outcomes), { id: 'after', cancellable: false });

  it('ends a job whose request did not get through', async () => {
    const ran: unknown[] = [];
    const { start, first, handlers } = open([lost(false), followedBy(ran)]);
    const id = start();
    await expect.poll(first).toMatchObject({ step: 'only' });
    await handlers['jobs.cancel']({ id }, signal);
    await expect.poll(first).toMatchObject({ state: 'cancelled' });
    expect(ran).toEqual([]);
  });

  it('comes too late for what the cloud has begun: the job goes on and says how it ends', async () => {
    const ran: unknown[] = [];
    const { start, first, handlers } = open([lost(true), followedBy(ran)]);
    const id = start();
    await expect.poll(first).toMatchObject({ step: 'only' });
    await handlers['jobs.cancel']({ id }, signal);
    await expect.poll(first).toMatchObject(ended);
    expect(ran).toEqual([{ only: 'ins-1' }]);
  });

  it('of a job that waits to try again does not try again', async () => {
    let tries = 0;
    const { start, first, handlers } = open([
      step(async () => {
        tries += 1;
        throw offline();
      }),
    ]);
    const id = start();
    await expect.poll(first).toMatchObject({ state: 'waiting' });
    await handlers['jobs.cancel']({ id }, signal);
    await expect.poll(first).toMatchObject({ state: 'cancelled' });
    expect(tries).toBe(1);
  });
});

describe('a full disk', () => {
  /** Writes fail as long as `isFull` says so. */
  const onFullDisk = (isFull: () => boolean) =>
    new Proxy(history, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (name !== 'prepare') return value.bind(target);
        return (sql: string) => {
          const statement = target.prepare(sql);
          if (/^SELECT/.test(sql)) return statement;
          return {
            run(...values: unknown[]) {
              if (isFull()) throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
              return statement.run(...values);
            },
          };
        };
      },
    });

  it('makes a job wait for a person, and it is done once when there is room again', async () => {
    let full = false;
    let done = 0;
    const steps = [
      step(
        async () => {
          done += 1;
          full = true;
          return null;
        },
        { reconcile: async () => ({ kind: done > 0 ? 'done' : 'not-done', outcome: null }) },
      ),
    ];
    const jobs = open(
      steps,
      onFullDisk(() => full),
    );
    const id = jobs.start();
    await expect
      .poll(jobs.first)
      .toMatchObject({ state: 'needs-user', failure: { rule: { id: 'disk-full' } } });
    full = false;
    await jobs.handlers['jobs.retry']({ id }, signal);
    await expect.poll(jobs.first).toMatchObject(ended);
    expect(done).toBe(1);
  });

  it('refuses a job in words', () => {
    const jobs = open(
      [],
      onFullDisk(() => true),
    );
    expect(() => jobs.start()).toThrowError(
      expect.objectContaining({ rule: expect.objectContaining({ id: 'disk-full' }) }),
    );
  });
});
