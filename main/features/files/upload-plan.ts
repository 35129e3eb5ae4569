/** What an upload finds where it goes: directories made or found, names that are taken, and each file's place. */
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { ConflictChoice } from '../../../preload/contract/files.ts';
import { isPassing } from '../ssh/lease.ts';
import { decide, freeName, type Taken } from './conflicts.ts';
import { readEntries } from './directory.ts';
import { kindOf, timeOf } from './file-entry.ts';
import { isName, join, nameOf, parentOf } from './file-paths.ts';
import { partEnding } from './part-name.ts';
import { eachOf } from './several-at-once.ts';
import type { Sftp } from './sftp.ts';
import { isRefused, status, toCloudError } from './sftp-failure.ts';
import type { Attributes } from './sftp-packet.ts';
import type { Transfer } from './transfer.ts';

export interface UploadItem {
  readonly path: string;
  readonly kind: 'file' | 'directory';
  readonly size: number;
  readonly modifiedAt: string;
}

/** Where a file goes. */
export interface Placement {
  readonly index: number;
  readonly item: UploadItem;
  readonly target: string;
  readonly how: 'new' | 'overwrite' | 'resume';
  /** What is overwritten or gone on with. */
  readonly there?: Attributes;
  /** Parts that lie in the same directory, whosever they are. */
  readonly parts: readonly Part[];
}

interface Part {
  readonly name: string;
  readonly attributes: Attributes;
}

const lookedAtOnce = 64;

interface FoundDirectory {
  readonly path: string;
  readonly names: Map<string, Attributes>;
  readonly parts: readonly Part[];
}

/** @throws CloudError invalid, when a path leads elsewhere than below */
export function checkItems(items: readonly UploadItem[]): void {
  for (const { path } of items) {
    if (!path.split('/').every(isName))
      throw new CloudError('invalid', `no path of a file: ${path}`);
  }
}

/** @param made told of every directory that is made, parents first */
export async function planUpload(
  sftp: Sftp,
  root: string,
  items: readonly UploadItem[],
  transfer: Transfer,
  made: string[],
): Promise<readonly Placement[]> {
  const directories = new Map<string, Promise<FoundDirectory>>();
  const directory = (relative: string): Promise<FoundDirectory> => {
    const found = directories.get(relative) ?? findOrMake(relative);
    directories.set(relative, found);
    return found;
  };

  async function findOrMake(relative: string): Promise<FoundDirectory> {
    if (relative === '.') return lookInto(sftp, root, transfer.signal);
    const parent = await directory(parentOf(relative));
    const path = join(parent.path, nameOf(relative));
    const there = parent.names.get(nameOf(relative));
    if (!there) {
      await sftp.makeDirectory(path);
      made.push(path);
      return { path, names: new Map(), parts: [] };
    }
    const isDirectory =
      kindOf(there) === 'directory' || kindOf(await sftp.stat(path)) === 'directory';
    if (!isDirectory) throw refusal('conflict', 'file-in-the-way', { path });
    return lookInto(sftp, path, transfer.signal);
  }

  const places = new Map<number, FoundDirectory>();
  const taken: (Taken & { readonly index: number; readonly attributes: Attributes })[] = [];
  await eachOf(items.entries(), lookedAtOnce, transfer.signal, async ([index, item]) => {
    try {
      if (item.kind === 'directory') {
        await directory(item.path);
        transfer.itemsDone += 1;
        return;
      }
      const parent = await directory(parentOf(item.path));
      places.set(index, parent);
      const attributes = parent.names.get(nameOf(item.path));
      if (!attributes) return;
      taken.push({
        index,
        path: join(parent.path, nameOf(item.path)),
        attributes,
        there: {
          kind: kindOf(attributes),
          size: attributes.size ?? 0,
          modifiedAt: timeOf(attributes),
        },
        ours: item,
      });
    } catch (error) {
      const failure = toCloudError(error);
      if (isPassing(failure)) throw failure;
      leaveOut(transfer, item, failure);
    }
  });
  taken.sort((one, other) => one.index - other.index);
  const choices = await decide(transfer, taken);
  const there = new Map(taken.map((one) => [one.index, one]));
  const placements: Placement[] = [];
  for (const [index, item] of items.entries()) {
    const parent = places.get(index);
    if (!parent) continue;
    const conflict = there.get(index);
    const choice = conflict && choices.get(conflict.path);
    const placement = place(index, item, parent, choice, conflict?.attributes);
    if (placement) placements.push(placement);
    else skip(transfer, item);
  }
  return placements;
}

function place(
  index: number,
  item: UploadItem,
  parent: FoundDirectory,
  choice: ConflictChoice | undefined,
  there: Attributes | undefined,
): Placement | undefined {
  const name = nameOf(item.path);
  const target = join(parent.path, name);
  const { parts } = parent;
  switch (choice) {
    case undefined:
      return { index, item, target, how: 'new', parts };
    case 'skip':
      return undefined;
    case 'keep-both': {
      const free = freeName(name, (other) => parent.names.has(other));
      parent.names.set(free, {});
      return { index, item, target: join(parent.path, free), how: 'new', parts };
    }
    case 'overwrite':
    case 'resume':
      return { index, item, target, how: choice, parts, ...(there && { there }) };
  }
}

/** A directory that takes files and shows none counts as empty: nothing is written over in the end either. */
async function lookInto(sftp: Sftp, path: string, signal: AbortSignal): Promise<FoundDirectory> {
  try {
    const { entries } = await readEntries(sftp, path, signal, Number.POSITIVE_INFINITY);
    return {
      path,
      names: new Map(entries.map(({ name, attributes }) => [name, attributes])),
      parts: entries.filter(({ name }) => name.endsWith(partEnding)),
    };
  } catch (error) {
    if (isRefused(error, status.permissionDenied)) return { path, names: new Map(), parts: [] };
    throw error;
  }
}

export function leaveOut(transfer: Transfer, item: UploadItem, failure: CloudError): void {
  skip(transfer, item);
  transfer.leaveOut(item.path, failure);
}

/** It does not count any more. */
function skip(transfer: Transfer, item: UploadItem): void {
  transfer.items -= 1;
  if (item.kind === 'file') transfer.bytes -= item.size;
}
