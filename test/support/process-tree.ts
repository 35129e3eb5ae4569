/** Finds processes by who started them or whose they are, from /proc. */
import { readdirSync, readFileSync } from 'node:fs';

interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly uid: number;
}

function listProcesses(): readonly ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8');
        const parent = Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]);
        const uid = Number(/^Uid:\s*(\d+)/m.exec(status)?.[1]);
        return [{ pid: Number(name), parent, uid }];
      } catch {
        return []; // ended while we looked
      }
    });
}

/** Every process that descends from one, the nearest first. */
export function descendantsOf(pid: number): readonly number[] {
  const all = listProcesses();
  const found = new Set([pid]);
  for (const ancestor of found) {
    for (const entry of all) if (entry.parent === ancestor) found.add(entry.pid);
  }
  found.delete(pid);
  return [...found];
}

export function processesOfUser(uid: number): readonly number[] {
  return listProcesses()
    .filter((entry) => entry.uid === uid)
    .map((entry) => entry.pid);
}

/** Sends a signal to processes; those that are gone already are fine. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // gone already
    }
  }
}

/** Ends processes at once. */
export const killAll = (pids: readonly number[]): void => signalAll(pids, 'SIGKILL');

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
