/** A process that works on one job and kills itself at the write it is told: run again and again until the job is done. */
import type Database from 'libsql';
import { systemClock } from '../../../main/core/clock.ts';
import { createEvents } from '../../../main/core/events.ts';
import { openHistory } from '../../../main/core/history.ts';
import type { JobPlan, StepContext } from '../../../main/core/job-plan.ts';
import { createJobs } from '../../../main/core/jobs.ts';
import { createNotices } from '../../../main/core/notices.ts';

const [directory = '', server = '', killAt = '0', moment = 'before'] = process.argv.slice(2);

const die = () => process.kill(process.pid, 'SIGKILL');

/** The database, but the n-th write ends the process, before it or after it. */
function fatal(history: Database.Database): Database.Database {
  let writes = 0;
  return new Proxy(history, {
    get(target, name) {
      if (name === 'prepare') {
        return (sql: string) => {
          const statement = target.prepare(sql);
          if (/^SELECT/.test(sql)) return statement;
          return {
            run: (...values: unknown[]) => {
              writes += 1;
              const isNow = String(writes) === killAt;
              if (isNow && moment === 'before') die();
              const result = statement.run(...values);
              if (isNow && moment === 'after') die();
              return result;
            },
          };
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

async function post(path: string): Promise<void> {
  await fetch(`${server}${path}`, { method: 'POST' });
}

const step = (id: string) => ({
  id,
  cancellable: false,
  async run({ key }: StepContext) {
    await post(`/do/${id}/${key}`);
    return id;
  },
  async reconcile({ key }: StepContext) {
    const done = await (await fetch(`${server}/did/${id}/${key}`)).json();
    return done ? ({ kind: 'done', outcome: id } as const) : ({ kind: 'not-done' } as const);
  },
});

const plan: JobPlan = {
  steps: [step('one'), step('two'), step('three')],
  end: () => ({ facts: [], created: [] }),
};

const events = createEvents();
const silent = { info() {}, warn() {}, error() {} };
const jobs = createJobs({
  history: fatal(openHistory(directory, systemClock, createNotices(events, systemClock))),
  events,
  clock: systemClock,
  log: silent,
  plan: () => plan,
  onEnd: ({ state }) => {
    process.stdout.write(`ended ${state}\n`);
    process.exit(0);
  },
});
const { items } = await jobs.handlers['jobs.list']({}, new AbortController().signal);
const [known] = items;
if (known?.endedAt) {
  process.stdout.write(`ended ${known.state}\n`);
  process.exit(0);
}
if (known) jobs.resume();
else {
  const request = { account: 'a', action: 'b', instance: 'a/c', targetName: 'c', input: {} };
  jobs.start(request);
}
