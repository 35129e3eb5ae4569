/** Builds the core that moves files as the product is built, and starts it: nothing of the bench weighs on it. */
import { resolve } from 'node:path';
import { build } from 'vite';
import { startChild } from '../../support/child.ts';
import { cpuSeconds } from './cpu-time.ts';
import type { FilesOrder, FilesWorkerOptions } from './files-worker.ts';
import type { Cost } from './openssh-sftp.ts';

export interface FilesWorker {
  /** @throws when it was not done whole */
  run(order: FilesOrder): Promise<Cost>;
  stop(): Promise<void>;
}

const root = resolve(import.meta.dirname, '../../..');
const entry = resolve(import.meta.dirname, 'files-worker.ts');
const outDir = resolve(root, 'out/bench');

export async function buildFilesWorker(): Promise<string> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: entry,
      outDir,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'files-worker.mjs' } },
    },
  });
  return resolve(outDir, 'files-worker.mjs');
}

export async function startFilesWorker(
  built: string,
  options: FilesWorkerOptions,
): Promise<FilesWorker> {
  const child = startChild(process.execPath, [built, JSON.stringify(options)]);
  await child.waitFor(/^ready$/m, 60_000);
  let answers = 0;
  return {
    async run(order) {
      const before = cpuSeconds(child.pid);
      const startedAt = performance.now();
      child.write(`${JSON.stringify(order)}\n`);
      answers += 1;
      const pattern = new RegExp(`(?:^\\{.*\\}$[\\s\\S]*?){${answers}}`, 'm');
      await child.waitFor(pattern, 600_000);
      const seconds = (performance.now() - startedAt) / 1000;
      const last = child.output().trimEnd().split('\n').at(-1) ?? '';
      if (!last.startsWith('{"state":"done","problems":0')) throw new Error(last);
      return { seconds, cpuSeconds: cpuSeconds(child.pid) - before };
    },
    stop: child.stop,
  };
}
