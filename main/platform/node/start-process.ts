/** A program of ours as a Node child: it ends when we do, because its standard input closes. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { ChildProcess } from '../platform.ts';

export function startNodeProcess(entry: string, args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  // Nothing is written to it; it only watches for the end.
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout });
  const complaints = createInterface({ input: child.stderr });
  return {
    onLine: (handler) => lines.on('line', handler),
    onComplaint: (handler) => complaints.on('line', handler),
    onExit(handler) {
      child.once('exit', handler);
      child.once('error', handler);
    },
    stop: () => child.kill(),
  };
}
