/** Entry of the sandbox cloud: a process of its own that ends with its parent, if it has one. */
import { fstatSync } from 'node:fs';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { startGuest } from './guest/guest.ts';
import { ShellWorkers } from './guest/shell/shell-workers.ts';
import { builtWorkerFile } from './guest/shell/worker-file.ts';
import { readArguments, type SandboxArguments, usage } from './options.ts';
import { startSandbox } from './start-sandbox.ts';

const log = (line: string) => void process.stderr.write(`${line}\n`);
// A reader that has gone is no reason to complain, least of all to that reader.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

let options: SandboxArguments;
try {
  options = readArguments(process.argv.slice(2));
} catch (error) {
  log(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  process.exit(2);
}

try {
  await run(options);
} catch (error) {
  log(`The sandbox cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

async function run({ dataDirectory, token, ...rest }: SandboxArguments) {
  const parentGone = whenParentGoes();
  const workers = new ShellWorkers({ file: builtWorkerFile() });
  const sandbox = await startSandbox({
    ...rest,
    ...(token !== undefined && { token }),
    directory: dataDirectory ?? join(envPaths('pilothouse', { suffix: '' }).data, 'sandbox'),
    wall: { now: () => Date.now() },
    startGuest: (guest) => startGuest({ ...guest, workers }),
    log,
  });

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await sandbox.stop();
    await workers.close();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
  process.on('disconnect', () => void stop());
  void parentGone.then(stop);
  // One guest's bug must not take every other down.
  process.on('uncaughtException', (error) => log(`Nobody caught: ${error.stack ?? error}`));

  const ready = { url: sandbox.url, token: sandbox.token };
  process.stdout.write(`Sandbox cloud: ${ready.url}\nDemo token: ${ready.token}\n`);
  process.send?.({ type: 'ready', ...ready });
}

/** However a parent goes: a killed one resets the line instead of ending it. Never resolves without a parent. */
function whenParentGoes(): Promise<void> {
  return new Promise((resolve) => {
    if (!hasParentOnStdin()) return;
    for (const event of ['end', 'close', 'error']) process.stdin.once(event, () => resolve());
    process.stdin.on('error', () => {});
    process.stdin.resume();
  });
}

/** A pipe or a socket is somebody's other end; a terminal, a file and /dev/null are not. */
function hasParentOnStdin(): boolean {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    return false;
  }
}
