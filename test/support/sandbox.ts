/** The built sandbox cloud in a process of its own, as the application starts it. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startChild } from './child.ts';
import { createSandboxApi, type SandboxApi } from './sandbox-api.ts';
import { createTempDir } from './temp-dir.ts';

export interface SandboxProcessOptions {
  readonly seed?: string;
  /** How many times faster than ours its time goes; default 1. */
  readonly clockRate?: number;
  /** At least so many instances; default: the seeded ones. */
  readonly instances?: number;
  /** As in `latency=200,rate429=0.05`. */
  readonly faults?: string;
  /** Used again after a restart; default: a new one, removed at `stop`. */
  readonly dataDir?: string;
  /** Default: any free port. */
  readonly port?: number;
  readonly token?: string;
  readonly args?: readonly string[];
}

export interface SandboxProcess {
  readonly url: string;
  readonly token: string;
  readonly dataDir: string;
  readonly pid: number;
  readonly api: SandboxApi;
  output(): string;
  /** Asks it to end, and removes its directory if it was its own. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash; the directory stays until `stop`. */
  kill(): Promise<void>;
  readonly ended: Promise<number | null>;
}

const entry = resolve(import.meta.dirname, '../../out/main/sandbox.js');

export async function startSandbox(options: SandboxProcessOptions = {}): Promise<SandboxProcess> {
  if (!existsSync(entry)) throw new Error('out/main/sandbox.js is missing: npm run build');
  const own = createTempDir('sandbox');
  const dataDir = options.dataDir ?? join(own.path, 'data');
  const flags = {
    port: options.port ?? 0,
    'data-dir': dataDir,
    'clock-rate': options.clockRate,
    instances: options.instances,
    faults: options.faults,
    seed: options.seed,
    token: options.token,
  };
  const args = Object.entries(flags).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  );
  const child = startChild(process.execPath, [entry, ...args, ...(options.args ?? [])]);
  const ready = /^Sandbox cloud: (\S+)\nDemo token: (\S+)$/m;
  const [, url = '', token = ''] = await child.waitFor(ready, 60_000).catch((error) => {
    own.remove();
    throw error;
  });
  return {
    url,
    token,
    dataDir,
    pid: child.pid,
    api: createSandboxApi(url, token),
    output: child.output,
    ended: child.ended,
    async stop() {
      await child.stop();
      own.remove();
    },
    async kill() {
      child.signal('SIGKILL');
      await child.ended;
    },
  };
}
