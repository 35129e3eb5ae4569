/** A whole sandbox inside the test: its real web server and store, guests that stand in, and a clock the test owns. */
import { join } from 'node:path';
import { parseFaults } from '../../main/sandbox/http/faults.ts';
import { startSandbox } from '../../main/sandbox/start-sandbox.ts';
import type { StartGuest } from '../../main/sandbox/world/guests.ts';
import { type ApiInstance, createSandboxApi, type SandboxApi } from './sandbox-api.ts';
import { createStandIns, type StandIn } from './stand-in-guest.ts';
import { createTempDir } from './temp-dir.ts';

export interface SandboxInProcess {
  readonly url: string;
  readonly token: string;
  readonly api: SandboxApi;
  readonly log: readonly string[];
  standIn(instanceId: string): StandIn;
  hasStandIn(instanceId: string): boolean;
  /** Lets sandbox time pass, and what follows from it happen. */
  pass(milliseconds: number): Promise<void>;
  instance(instanceId: string): Promise<ApiInstance>;
  byName(name: string): Promise<ApiInstance>;
  /** Creates one on a 4090 in TW-03 and waits in sandbox time until it runs. */
  create(more?: Readonly<Record<string, unknown>>): Promise<ApiInstance>;
  /** Ends it, and starts it again on the same directory after that much time. */
  restart(afterMs?: number): Promise<SandboxInProcess>;
  stop(): Promise<void>;
}

export interface InProcessOptions {
  readonly faults?: string;
  readonly instances?: number;
  readonly startGuest?: StartGuest;
}

export async function startSandboxInProcess(
  options: InProcessOptions = {},
): Promise<SandboxInProcess> {
  const directory = createTempDir('sandbox');
  const wall = { ms: Date.UTC(2026, 10, 20, 10) };
  return start(options, join(directory.path, 'data'), wall, () => directory.remove());
}

async function start(
  options: InProcessOptions,
  directory: string,
  wall: { ms: number },
  remove: () => void,
): Promise<SandboxInProcess> {
  const standIns = createStandIns();
  const log: string[] = [];
  const sandbox = await startSandbox({
    ...{ port: 0, seed: 'test', clockRate: 1, directory },
    instances: options.instances ?? 0,
    faults: parseFaults(options.faults ?? ''),
    wall: { now: () => wall.ms },
    startGuest: options.startGuest ?? standIns.startGuest,
    log: (line) => void log.push(line),
  });
  const api = createSandboxApi(sandbox.url, sandbox.token);
  const pass = async (milliseconds: number) => {
    wall.ms += milliseconds;
    await sandbox.world.caughtUp();
  };
  const instance = async (id: string) => {
    const answer = await api.done<{ instance: ApiInstance }>('GET', `/instance?request_id=${id}`);
    return answer.instance;
  };
  return {
    url: sandbox.url,
    token: sandbox.token,
    ...{ api, log, pass, instance },
    standIn(id) {
      const guest = standIns.of(id);
      if (!guest) throw new Error(`no guest in ${id}: ${log.join('; ')}`);
      return guest;
    },
    hasStandIn: (id) => standIns.of(id) !== undefined,
    async byName(name) {
      type Page = { instances: readonly ApiInstance[] };
      const { instances } = await api.done<Page>('GET', '/instance/list?per_page=1000');
      const found = instances.find(({ remark }) => remark === name);
      if (!found) throw new Error(`no ${name} among ${instances.map(({ remark }) => remark)}`);
      return found;
    },
    async create(more = {}) {
      const body = {
        ...{ gpu_name: 'NVIDIA GeForce RTX 4090', region_name: 'TW-03' },
        ...('from_snap_id' in more ? {} : { from_image_id: 'img-pytorch26' }),
        custom_meta_key: `key-${Math.random()}`,
        ...more,
      };
      const made = await api.done<{ instance: ApiInstance }>('POST', '/instance', body);
      await pass(60_000);
      return instance(made.instance.instanceID);
    },
    async restart(afterMs = 0) {
      await sandbox.stop();
      wall.ms += afterMs;
      return start(options, directory, wall, remove);
    },
    async stop() {
      await sandbox.stop();
      remove();
    },
  };
}
