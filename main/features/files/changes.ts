/** Changing what is on an instance: new directories, names, permissions, and removing whole trees. */
import { refusal } from '../../../preload/contract/errors.ts';
import { readEntries } from './directory.ts';
import { kindOf, permissionsOf } from './file-entry.ts';
import { isName, join } from './file-paths.ts';
import { eachOf } from './several-at-once.ts';
import type { Sftp } from './sftp.ts';
import { isRefused, status } from './sftp-failure.ts';
import type { Attributes } from './sftp-packet.ts';

const filesAtOnce = 64;
/** Deeper than any real tree; a server that never ends one is hostile. */
const maxDepth = 500;

/** @returns undefined when nothing is there */
export async function statusOf(sftp: Sftp, path: string): Promise<Attributes | undefined> {
  try {
    return await sftp.lstat(path);
  } catch (error) {
    if (isRefused(error, status.noSuchFile)) return undefined;
    throw error;
  }
}

/** @throws CloudError conflict `file-exists` */
export async function makeDirectory(sftp: Sftp, path: string): Promise<void> {
  if (await statusOf(sftp, path)) throw refusal('conflict', 'file-exists', { path });
  await sftp.makeDirectory(path);
}

/** @throws CloudError conflict `file-exists`; the server itself refuses too where something came in between */
export async function rename(sftp: Sftp, from: string, to: string): Promise<void> {
  const [old, there] = await Promise.all([sftp.lstat(from), statusOf(sftp, to)]);
  if (there && !(await isSameName(sftp, from, to, old, there))) {
    throw refusal('conflict', 'file-exists', { path: to });
  }
  if (from === to) return;
  await sftp.rename(from, to);
}

/** On a file system without upper and lower case, the new name finds the old file. */
async function isSameName(
  sftp: Sftp,
  from: string,
  to: string,
  old: Attributes,
  there: Attributes,
): Promise<boolean> {
  if (from === to) return true;
  if (from.toLowerCase() !== to.toLowerCase()) return false;
  if (old.size !== there.size || old.modifiedAt !== there.modifiedAt) return false;
  const [one, other] = await Promise.all([sftp.realPath(from), sftp.realPath(to)]);
  return one === other;
}

/** Everything under a path; a link itself, never what it leads to. @returns how many items are gone */
export async function removeTree(
  sftp: Sftp,
  path: string,
  signal: AbortSignal,
  depth = 0,
): Promise<number> {
  if (kindOf(await sftp.lstat(path)) !== 'directory') {
    await sftp.remove(path);
    return 1;
  }
  if (depth > maxDepth) throw refusal('unsupported', 'file-tree-too-deep', { path });
  const { entries } = await readEntries(sftp, path, signal, Number.POSITIVE_INFINITY);
  const directories: string[] = [];
  let removed = 0;
  await eachOf(entries, filesAtOnce, signal, async ({ name, attributes }) => {
    if (!isName(name)) throw refusal('unsupported', 'file-name-hostile', { path });
    const inside = join(path, name);
    if (kindOf(attributes) === 'directory') {
      directories.push(inside);
      return;
    }
    await sftp.remove(inside);
    removed += 1;
  });
  // One after another: a directory of directories could else ask for more handles than the server has.
  for (const directory of directories) {
    removed += await removeTree(sftp, directory, signal, depth + 1);
  }
  signal.throwIfAborted();
  await sftp.removeDirectory(path);
  return removed + 1;
}

/** Links are left as they are: permissions of a link mean those of its target. */
export async function setMode(
  sftp: Sftp,
  path: string,
  mode: number,
  recursive: boolean,
  signal: AbortSignal,
): Promise<void> {
  const attributes = await sftp.stat(path);
  if (!recursive || kindOf(attributes) !== 'directory') {
    await sftp.setstat(path, { mode });
    return;
  }
  await setModeOfTree(sftp, path, mode, signal, 0);
}

async function setModeOfTree(
  sftp: Sftp,
  path: string,
  mode: number,
  signal: AbortSignal,
  depth: number,
): Promise<void> {
  if (depth > maxDepth) throw refusal('unsupported', 'file-tree-too-deep', { path });
  const directories: string[] = [];
  // What lets us in is set first, what keeps us out last.
  const letsIn = (mode & 0o700) === 0o700;
  if (letsIn) await sftp.setstat(path, { mode });
  const { entries } = await readEntries(sftp, path, signal, Number.POSITIVE_INFINITY);
  await eachOf(entries, filesAtOnce, signal, async ({ name, attributes }) => {
    if (!isName(name)) throw refusal('unsupported', 'file-name-hostile', { path });
    if (kindOf(attributes) === 'link') return;
    const inside = join(path, name);
    if (kindOf(attributes) === 'directory') directories.push(inside);
    else await sftp.setstat(inside, { mode: fileMode(mode, permissionsOf(attributes)) });
  });
  for (const directory of directories) {
    await setModeOfTree(sftp, directory, mode, signal, depth + 1);
  }
  if (!letsIn) await sftp.setstat(path, { mode });
}

/** As `chmod -R` with X: a directory's permission to enter does not make every file a program. */
const fileMode = (mode: number, before: number): number =>
  (before & 0o111) === 0 ? mode & ~0o111 : mode;
