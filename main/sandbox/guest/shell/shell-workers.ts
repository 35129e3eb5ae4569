/** The workers that shells run in: started when a shell is, used again after a clean end, ended when one hangs. */
import { Worker } from 'node:worker_threads';
import type { FromWorker, ShellHost, ShellJob, ToWorker } from './shell-protocol.ts';

export interface ShellRun {
  /** `killed`: the worker was ended, and what it had is gone but for the files. */
  readonly ended: Promise<{ readonly status: number; readonly killed: boolean }>;
  /** Ctrl-C: asks, and after a moment ends the worker. */
  interrupt(): void;
  kill(): void;
}

export interface ShellWorkersOptions {
  /** The built `shell-worker.ts`. */
  readonly file: string;
  /** How long a worker waits for its next job; in ms. */
  readonly idleMs?: number;
}

/** A command that heeds Ctrl-C does so well within this. */
const patienceMs = 2000;
const killedStatus = 137;
/** A runaway script ends its own worker, not the sandbox. */
const resourceLimits = { maxOldGenerationSizeMb: 1024 };

export class ShellWorkers {
  readonly #options: ShellWorkersOptions;
  readonly #idle: { readonly worker: Worker; readonly timer: NodeJS.Timeout }[] = [];
  readonly #busy = new Set<Worker>();

  constructor(options: ShellWorkersOptions) {
    this.#options = options;
  }

  /** Workers with a job at this moment. */
  get busy(): number {
    return this.#busy.size;
  }

  run(job: ShellJob, host: ShellHost): ShellRun {
    const worker = this.#take();
    const post = (message: ToWorker) => worker.postMessage(message);
    let over = false;
    let impatience: NodeJS.Timeout | undefined;
    const { promise: ended, resolve } = withResolvers<{ status: number; killed: boolean }>();

    const finish = (status: number, killed: boolean) => {
      if (over) return;
      over = true;
      clearTimeout(impatience);
      worker.off('message', receive);
      worker.off('error', fail);
      worker.off('exit', fail);
      this.#busy.delete(worker);
      if (killed) void worker.terminate();
      else this.#keep(worker);
      resolve({ status, killed });
    };
    const fail = () => finish(killedStatus, true);
    const receive = (message: FromWorker) => {
      if (message.kind === 'done') return finish(message.status, false);
      if (message.method === 'prompt') clearTimeout(impatience);
      void answer(host, message).then((reply) => {
        if (!over) post(reply);
      });
    };
    worker.on('message', receive);
    worker.on('error', fail);
    worker.on('exit', fail);
    post({ kind: 'start', job });
    return {
      ended,
      interrupt() {
        if (over) return;
        post({ kind: 'interrupt' });
        clearTimeout(impatience);
        impatience = setTimeout(fail, patienceMs);
      },
      kill: fail,
    };
  }

  async close(): Promise<void> {
    const workers = [...this.#idle.map(({ worker }) => worker), ...this.#busy];
    for (const { timer } of this.#idle.splice(0)) clearTimeout(timer);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  #take(): Worker {
    const kept = this.#idle.pop();
    clearTimeout(kept?.timer);
    const worker = kept?.worker ?? new Worker(this.#options.file, { resourceLimits });
    worker.ref();
    this.#busy.add(worker);
    return worker;
  }

  #keep(worker: Worker): void {
    const timer = setTimeout(() => {
      const at = this.#idle.findIndex((each) => each.worker === worker);
      if (at >= 0) this.#idle.splice(at, 1);
      void worker.terminate();
    }, this.#options.idleMs ?? 30_000);
    timer.unref();
    worker.unref();
    this.#idle.push({ worker, timer });
  }
}

async function answer(
  host: ShellHost,
  { id, method, args }: Extract<FromWorker, { kind: 'call' }>,
): Promise<ToWorker> {
  try {
    const call = host[method] as (...args: readonly unknown[]) => unknown;
    return { kind: 'answer', id, value: await call.apply(host, [...args]) };
  } catch (error) {
    return { kind: 'refusal', id, message: error instanceof Error ? error.message : String(error) };
  }
}

function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
