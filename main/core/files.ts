/** Files that must not be lost: written whole or not at all, with older versions kept beside them. */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { CloudError } from '../../preload/contract/errors.ts';

const keptBackups = 3;

/**
 * Replaces a file atomically, readable by its owner only.
 * @throws CloudError quota with rule `disk-full` when there is no room; the old file stays as it was
 */
export function writeFileSafely(file: string, content: string): void {
  const temporary = `${file}.new`;
  try {
    // What a crash left there may be open to others, or lead elsewhere: it is never written into.
    rmSync(temporary, { force: true });
    const handle = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch (error) {
    throw asDiskError(error, file);
  }
}

/**
 * Makes a file that another library is to write readable by its owner only, also one that is there already.
 * Never opens one that is there: to close it would give up the locks this process has on it.
 */
export function keepToOwner(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    chmodSync(file, 0o600);
  }
}

/** No room: said by the file system, or by SQLite. */
const full = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'];

/** No permission, a read-only disk, or a file where a directory should be. */
const unwritable = ['EACCES', 'EROFS', 'EPERM', 'EEXIST', 'ENOTDIR', 'SQLITE_READONLY'];

/** Names the file system's refusals an operator can act on. */
export function asDiskError(error: unknown, file: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== undefined && full.includes(code)) {
    return new CloudError('quota', `${code} ${file}`, { rule: { id: 'disk-full' }, cause: error });
  }
  if (code !== undefined && unwritable.includes(code)) {
    const rule = { id: 'not-writable', params: { file } };
    return new CloudError('forbidden', `${code} ${file}`, { rule, cause: error });
  }
  return error;
}

const backupName = (file: string, number: number) => `${file}.backup-${number}`;

/** Keeps the file as `<file>.backup-1`, unless it is the same as the newest backup; older ones move up, three are kept. A disk without room for one keeps those it has. */
export function rotateBackups(file: string): void {
  if (!existsSync(file)) return;
  const newest = backupName(file, 1);
  if (existsSync(newest) && readFileSync(newest).equals(readFileSync(file))) return;
  const next = `${newest}.new`;
  try {
    copyFileSync(file, next);
  } catch {
    rmSync(next, { force: true });
    return;
  }
  for (let number = keptBackups; number > 1; number -= 1) {
    const younger = backupName(file, number - 1);
    if (existsSync(younger)) renameSync(younger, backupName(file, number));
  }
  renameSync(next, newest);
}

/** The backups there are, newest first. */
export function listBackups(file: string): readonly string[] {
  return Array.from({ length: keptBackups }, (_, index) => backupName(file, index + 1)).filter(
    existsSync,
  );
}

/** Moves a file that cannot be read out of the way, under a name that says so, and returns that name. */
export function keepAside(file: string, now: number): string {
  const aside = `${file}.damaged-${now}`;
  renameSync(file, aside);
  return aside;
}
