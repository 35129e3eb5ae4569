/** A program of ours as a utility process: Electron ends it with the application. */
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ChildProcess } from '../platform.ts';
import type { Electron } from './electron.ts';

/** @param directory where the built entries lie */
export function startUtilityProcess(
  { utilityProcess }: Pick<Electron, 'utilityProcess'>,
  directory: string,
  entry: string,
  args: readonly string[],
): ChildProcess {
  const child = utilityProcess.fork(join(directory, `${entry}.js`), [...args], {
    stdio: 'pipe',
    serviceName: `Pilothouse ${entry}`,
  });
  const complaints = child.stderr && createInterface({ input: child.stderr });
  const lines = child.stdout && createInterface({ input: child.stdout });
  return {
    onLine: (handler) => lines?.on('line', handler),
    onComplaint: (handler) => complaints?.on('line', handler),
    onExit: (handler) => child.once('exit', handler),
    stop: () => void child.kill(),
  };
}
