/** The sandbox's shell worker, built for tests as the product builds it, and workers that run it. */
import { resolve } from 'node:path';
import { build } from 'vite';
import { ShellWorkers } from '../../main/sandbox/guest/shell/shell-workers.ts';
import { createTempDir, type TempDir } from './temp-dir.ts';

const root = resolve(import.meta.dirname, '../..');
/** One build for all guests of a test file, gone with the last of them. */
const shared: { build: Promise<TempDir> | undefined; users: number } = {
  build: undefined,
  users: 0,
};

export interface TestShellWorkers {
  readonly workers: ShellWorkers;
  close(): Promise<void>;
}

export async function createShellWorkers(): Promise<TestShellWorkers> {
  shared.build ??= buildWorker();
  shared.users += 1;
  const { build: built } = shared;
  const directory = await built;
  const workers = new ShellWorkers({ file: resolve(directory.path, fileName) });
  return {
    workers,
    async close() {
      await workers.close();
      shared.users -= 1;
      if (shared.users > 0) return;
      shared.build = undefined;
      directory.remove();
    },
  };
}

const fileName = 'sandbox-shell.mjs';

async function buildWorker(): Promise<TempDir> {
  const directory = createTempDir('worker');
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    ssr: { noExternal: true },
    build: {
      ssr: resolve(root, 'main/sandbox/guest/shell/shell-worker.ts'),
      outDir: directory.path,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: fileName } },
    },
  });
  return directory;
}
