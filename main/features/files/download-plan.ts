/** What a download consists of: everything under what was chosen, links to files with what they lead to. */
import { type CloudError, refusal } from '../../../preload/contract/errors.ts';
import { isPassing } from '../ssh/lease.ts';
import { readEntries } from './directory.ts';
import { kindOf, permissionsOf } from './file-entry.ts';
import { isName, join } from './file-paths.ts';
import { eachOf } from './several-at-once.ts';
import type { Sftp } from './sftp.ts';
import { toCloudError } from './sftp-failure.ts';
import type { Attributes } from './sftp-packet.ts';

export interface DownloadItem {
  readonly index: number;
  /** Relative to where it is downloaded to, `/` between. */
  readonly path: string;
  /** On the instance. */
  readonly remote: string;
  readonly kind: 'file' | 'directory';
  readonly size: number;
  /** Seconds since 1970. */
  readonly modifiedAt: number;
  readonly mode: number;
}

const directoriesAtOnce = 16;
/** More than anybody means; a server that never ends a tree is hostile. */
const maxItems = 500_000;
const maxDepth = 200;

/**
 * @param leaveOut told of what cannot be downloaded, and why
 * @throws CloudError when the line breaks, or there is too much
 */
export async function planDownload(
  sftp: Sftp,
  root: string,
  names: readonly string[],
  signal: AbortSignal,
  leaveOut: (path: string, failure: CloudError) => void,
): Promise<readonly DownloadItem[]> {
  const items: DownloadItem[] = [];

  const add = (path: string, remote: string, kind: DownloadItem['kind'], of: Attributes) => {
    if (items.length >= maxItems) throw refusal('quota', 'transfer-too-many', { limit: maxItems });
    const { size = 0, modifiedAt = 0 } = of;
    const mode = permissionsOf(of);
    const bytes = kind === 'file' ? size : 0;
    items.push({ index: items.length, path, remote, kind, size: bytes, modifiedAt, mode });
  };
  /** What cannot be looked at is left out; a line that breaks ends it all. */
  const attempt = async (path: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      const failure = toCloudError(error);
      const isOurs = failure.rule?.id === 'transfer-too-many';
      if (signal.aborted || isPassing(failure) || isOurs) throw failure;
      leaveOut(path, failure);
    }
  };

  /** @returns the directory to look into, if it is one */
  async function look(
    path: string,
    remote: string,
    found: Attributes,
    wasChosen: boolean,
  ): Promise<boolean> {
    const isLink = kindOf(found) === 'link';
    const attributes = isLink ? await sftp.stat(remote) : found;
    switch (kindOf(attributes)) {
      case 'file':
        add(path, remote, 'file', attributes);
        return false;
      case 'directory':
        // A link inside could lead round in a circle, or to the whole disk.
        if (isLink && !wasChosen) throw refusal('unsupported', 'link-not-followed', { path });
        add(path, remote, 'directory', attributes);
        return true;
      default:
        throw refusal('unsupported', 'file-not-regular', { path });
    }
  }

  async function descend(path: string, remote: string, depth: number): Promise<void> {
    if (depth > maxDepth) throw refusal('unsupported', 'file-tree-too-deep', { path });
    const { entries } = await readEntries(sftp, remote, signal, maxItems);
    const below: string[] = [];
    await eachOf(entries, directoriesAtOnce, signal, ({ name, attributes }) =>
      attempt(`${path}/${name}`, async () => {
        if (!isName(name)) throw refusal('unsupported', 'file-name-hostile', { path });
        const isDirectory = await look(`${path}/${name}`, join(remote, name), attributes, false);
        if (isDirectory) below.push(name);
      }),
    );
    await eachOf(below, depth === 0 ? directoriesAtOnce : 2, signal, (name) =>
      attempt(`${path}/${name}`, () => descend(`${path}/${name}`, join(remote, name), depth + 1)),
    );
  }

  await eachOf(names, directoriesAtOnce, signal, (name) =>
    attempt(name, async () => {
      if (!isName(name)) throw refusal('invalid', 'file-name-hostile', { path: root });
      const remote = join(root, name);
      const isDirectory = await look(name, remote, await sftp.lstat(remote), true);
      if (isDirectory) await descend(name, remote, 0);
    }),
  );
  return items;
}
