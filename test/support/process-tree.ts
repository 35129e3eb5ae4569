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

/** Ends processes at once; those that are gone already are fine. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // gone already
    }
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
