/** The sandbox's shell worker, built for tests as the product builds it, and workers that run it. */
import { resolve } from 'node:path';
import { build } from 'vite';
import { ShellWorkers } from '../../main/sandbox/guest/shell/shell-workers.ts';
import { createTempDir } from './temp-dir.ts';

const root = resolve(import.meta.dirname, '../..');
/** One build for all guests of a test file. */
let built: Promise<string> | undefined;

export async function createShellWorkers(): Promise<ShellWorkers> {
  built ??= buildWorker();
  return new ShellWorkers({ file: await built });
}

async function buildWorker(): Promise<string> {
  const directory = createTempDir('worker');
  process.once('exit', () => directory.remove());
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    ssr: { noExternal: true },
    build: {
      ssr: resolve(root, 'main/sandbox/guest/shell/shell-worker.ts'),
      outDir: directory.path,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'sandbox-shell.mjs' } },
    },
  });
  return resolve(directory.path, 'sandbox-shell.mjs');
}
