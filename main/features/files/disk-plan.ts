/** Where a download's items go on this machine: directories made or found, names that are taken. */
import { lstat, mkdir, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { ConflictChoice } from '../../../preload/contract/files.ts';
import { asDiskError } from '../../core/files.ts';
import { decide, freeName, type Side, type Taken } from './conflicts.ts';
import type { LocalPlace } from './download-file.ts';
import type { DownloadItem } from './download-plan.ts';
import { nameOf, parentOf } from './file-paths.ts';
import { localName, sameNameKey } from './local-name.ts';
import { partEnding } from './part-name.ts';
import { toCloudError } from './sftp-failure.ts';
import type { Transfer } from './transfer.ts';

interface LocalDirectory {
  readonly path: string;
  /** Made for this: nothing can be in it. */
  readonly isNew: boolean;
  /** Names that were in it, and names given in it, by their keys. */
  readonly found: ReadonlySet<string>;
  /** Parts that were in it, whosever they are. */
  readonly parts: readonly string[];
  readonly given: Set<string>;
}

/** @param made told of every directory that is made, parents first */
export async function planDisk(
  folder: string,
  items: readonly DownloadItem[],
  transfer: Transfer,
  made: string[],
): Promise<readonly LocalPlace[]> {
  const directories = new Map<string, LocalDirectory>();
  directories.set('.', await lookInto(folder));
  const places: {
    readonly item: DownloadItem;
    readonly target: string;
    readonly parent: LocalDirectory;
    readonly there?: Side;
  }[] = [];
  const taken: Taken[] = [];
  for (const item of items) {
    transfer.signal.throwIfAborted();
    const parent = directories.get(parentOf(item.path));
    // Said once, for the directory.
    if (!parent) continue;
    const target = nameIn(parent, nameOf(item.path));
    try {
      const there = parent.isNew ? undefined : await lookAt(target);
      if (item.kind === 'directory') {
        directories.set(item.path, await enter(target, there, made));
        transfer.itemsDone += 1;
        continue;
      }
      places.push({ item, target, parent, ...(there && { there }) });
      if (there) taken.push({ path: target, there, ours: sideOf(item) });
    } catch (error) {
      leaveOutLocal(transfer, item, toCloudError(asDiskError(error, target)));
    }
  }
  const choices = await decide(transfer, taken);
  return places.flatMap(({ item, target, parent, there }) => {
    const place = placeFor(item, target, parent, there, choices.get(target));
    if (!place) forget(transfer, item);
    return place ?? [];
  });
}

function placeFor(
  item: DownloadItem,
  target: string,
  parent: LocalDirectory,
  there: Side | undefined,
  choice: ConflictChoice | undefined,
): LocalPlace | undefined {
  const { parts } = parent;
  switch (choice) {
    case undefined:
      return { item, target, how: 'new', parts };
    case 'skip':
      return undefined;
    case 'keep-both':
      return { item, target: freeNameIn(parent, basename(target)), how: 'new', parts };
    case 'overwrite':
      return { item, target, how: 'overwrite', parts };
    case 'resume':
      return { item, target, how: 'resume', size: there?.size ?? 0, parts };
  }
}

function nameIn(parent: LocalDirectory, remote: string): string {
  const wished = localName(remote, process.platform);
  if (parent.given.has(sameNameKey(wished))) return freeNameIn(parent, wished);
  parent.given.add(sameNameKey(wished));
  return join(parent.path, wished);
}

function freeNameIn({ path, found, given }: LocalDirectory, wished: string): string {
  const isTaken = (name: string) => {
    const key = sameNameKey(name);
    return found.has(key) || given.has(key);
  };
  const name = freeName(wished, isTaken);
  given.add(sameNameKey(name));
  return join(path, name);
}

async function enter(
  path: string,
  there: Side | undefined,
  made: string[],
): Promise<LocalDirectory> {
  if (there && !(await stat(path)).isDirectory()) {
    throw refusal('conflict', 'file-in-the-way', { path });
  }
  if (there) return lookInto(path);
  await mkdir(path);
  made.push(path);
  return { path, isNew: true, found: new Set(), parts: [], given: new Set() };
}

/** A directory that shows none counts as empty: nothing is written over in the end either. */
async function lookInto(path: string): Promise<LocalDirectory> {
  const names = await readdir(path).catch(() => []);
  const found = new Set(names.map(sameNameKey));
  const parts = names.filter((name) => name.endsWith(partEnding));
  return { path, isNew: false, found, parts, given: new Set() };
}

async function lookAt(path: string): Promise<Side | undefined> {
  try {
    const found = await lstat(path);
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other';
    return { kind, size: found.size, modifiedAt: found.mtime.toISOString() };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const sideOf = ({ size, modifiedAt }: DownloadItem): Side => ({
  kind: 'file',
  size,
  modifiedAt: new Date(modifiedAt * 1000).toISOString(),
});

export function leaveOutLocal(transfer: Transfer, item: DownloadItem, failure: CloudError): void {
  forget(transfer, item);
  transfer.leaveOut(item.path, failure);
}

/** It does not count any more. */
function forget(transfer: Transfer, item: DownloadItem): void {
  transfer.items -= 1;
  transfer.bytes -= item.size;
}
