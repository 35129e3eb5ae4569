/** Reading directories: page by page, up to a limit, links with what they lead to. */
import type { Directory, FileEntry } from '../../../preload/contract/files.ts';
import { entryOf, kindOf } from './file-entry.ts';
import { join } from './file-paths.ts';
import { eachOf } from './several-at-once.ts';
import type { NamedEntry, Sftp } from './sftp.ts';

/** More than anybody looks through; what is beyond is said. */
const maxEntries = 100_000;
const linksAtOnce = 64;
/** Pages hold about a hundred names: asked for one by one, a large directory would take a round trip for each. */
const mostPagesAhead = 32;

/**
 * Everything in a directory but itself and its parent, whatever its names.
 * @throws CloudError
 */
export async function readEntries(
  sftp: Sftp,
  path: string,
  signal: AbortSignal,
  limit = maxEntries,
): Promise<{ readonly entries: readonly NamedEntry[]; readonly truncated: boolean }> {
  const handle = await sftp.openDirectory(path);
  const entries: NamedEntry[] = [];
  const pages: Promise<readonly NamedEntry[] | undefined>[] = [];
  try {
    for (let ahead = 2; entries.length <= limit; ahead = Math.min(ahead * 2, mostPagesAhead)) {
      signal.throwIfAborted();
      while (pages.length < ahead) {
        const asked = sftp.readDirectory(handle, path);
        asked.catch(() => {});
        pages.push(asked);
      }
      const page = await pages.shift();
      // Some servers end with a page of nothing, which a hostile one could send for ever.
      if (!page?.length) return { entries, truncated: false };
      for (const entry of page) if (entry.name !== '.' && entry.name !== '..') entries.push(entry);
    }
    return { entries: entries.slice(0, limit), truncated: true };
  } finally {
    sftp.close(handle).catch(() => {});
  }
}

export async function listDirectory(
  sftp: Sftp,
  path: string,
  signal: AbortSignal,
): Promise<Directory> {
  const { entries, truncated } = await readEntries(sftp, path, signal);
  const shown: FileEntry[] = entries.map(entryOf);
  const links = [...shown.entries()].filter(([, { kind, unreachable }]) => {
    return kind === 'link' && !unreachable;
  });
  await eachOf(links, linksAtOnce, signal, async ([at, entry]) => {
    shown[at] = { ...entry, link: await followLink(sftp, join(path, entry.name)) };
  });
  return { path, entries: shown, ...(truncated && { truncated }) };
}

async function followLink(sftp: Sftp, path: string): Promise<NonNullable<FileEntry['link']>> {
  const [says, leads] = await Promise.allSettled([sftp.readLink(path), sftp.stat(path)]);
  return {
    path: says.status === 'fulfilled' ? says.value : '',
    ...(leads.status === 'fulfilled' && { kind: kindOf(leads.value) }),
  };
}
