/** The sandbox's shell worker, built for tests as the product builds it, and workers that run it. */
import { resolve } from 'node:path';
import { build } from 'vite';
import { ShellWorkers } from '../../main/sandbox/guest/shell/shell-workers.ts';
import { createTempDir } from './temp-dir.ts';

export interface TestShellWorkers {
  readonly workers: ShellWorkers;
  close(): Promise<void>;
}

export async function createShellWorkers(): Promise<TestShellWorkers> {
  const directory = createTempDir('worker');
  await build({
    configFile: false,
    logLevel: 'error',
    root: resolve(import.meta.dirname, '../..'),
    ssr: { noExternal: true },
    build: {
      ssr: resolve(import.meta.dirname, '../../main/sandbox/guest/shell/shell-worker.ts'),
      outDir: directory.path,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'sandbox-shell.mjs' } },
    },
  });
  const workers = new ShellWorkers({ file: resolve(directory.path, 'sandbox-shell.mjs') });
  return {
    workers,
    async close() {
      await workers.close();
      directory.remove();
    },
  };
}
