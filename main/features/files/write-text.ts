/** Writes a small file whole or not at all: beside the old one and then in its place, or into it where only that keeps what it is. */
import { readEntries } from './directory.ts';
import { permissionsOf } from './file-entry.ts';
import { nameOf, parentOf } from './file-paths.ts';
import { replaceFile } from './replace-file.ts';
import { opening, type Sftp } from './sftp.ts';
import { isRefused, SftpRefusal, status } from './sftp-failure.ts';
import type { Attributes } from './sftp-packet.ts';
import { asSpaceFailure } from './space-failure.ts';

/** @param before the file that is there; absent: none. @param part what it is called until it is whole. @throws CloudError; the old content is then still there */
export async function writeText(
  sftp: Sftp,
  path: string,
  bytes: Buffer,
  before: Attributes | undefined,
  part: string,
): Promise<void> {
  // A file with several names would lose all but this one.
  if (before && (await hasSeveralNames(sftp, path))) {
    await writeInto(sftp, path, bytes, before);
    return;
  }
  try {
    await writePart(sftp, part, bytes, before);
  } catch (error) {
    await sftp.remove(part).catch(() => {});
    const noRoomBeside = isRefused(error, status.permissionDenied);
    if (!before || !noRoomBeside) throw await asSpaceFailure(sftp, path, error);
    // A directory where nothing new may be, or an owner we cannot give: the file itself may still be writable.
    await writeInto(sftp, path, bytes, before);
    return;
  }
  try {
    if (before) await replaceFile(sftp, part, path);
    else await sftp.rename(part, path);
  } catch (error) {
    await sftp.remove(part).catch(() => {});
    throw error;
  }
}

/** With the old one's permissions and owner before anything is in it. */
async function writePart(
  sftp: Sftp,
  part: string,
  bytes: Buffer,
  before: Attributes | undefined,
): Promise<void> {
  // What an earlier try left, when the application was ended in the middle.
  await sftp.remove(part).catch(() => {});
  const handle = await sftp.open(part, opening.creating, before ? { mode: 0o600 } : {});
  try {
    if (before) await inherit(sftp, part, before);
    await writeAt(sftp, handle, 0, bytes);
    await sftp.sync(handle);
  } finally {
    await sftp.close(handle);
  }
}

async function inherit(sftp: Sftp, part: string, before: Attributes): Promise<void> {
  const { userId, groupId } = before;
  const made = await sftp.lstat(part);
  const isOwned = userId === made.userId && groupId === made.groupId;
  if (!isOwned && userId !== undefined && groupId !== undefined) {
    try {
      await sftp.setstat(part, { userId, groupId });
    } catch (error) {
      if (!(error instanceof SftpRefusal)) throw error;
      // Some servers word it as a mere failure.
      throw new SftpRefusal('forbidden', 'file-permission', part, status.permissionDenied, '');
    }
  }
  // After the owner: changing that takes special bits away.
  await sftp.setstat(part, { mode: permissionsOf(before) });
}

/** What is new at the end goes first: if the disk has no room for it, the old content is not touched. */
async function writeInto(
  sftp: Sftp,
  path: string,
  bytes: Buffer,
  before: Attributes,
): Promise<void> {
  const oldSize = before.size ?? 0;
  const handle = await sftp.open(path, opening.changing);
  try {
    if (bytes.length > oldSize) {
      try {
        await writeAt(sftp, handle, oldSize, bytes.subarray(oldSize));
      } catch (error) {
        await sftp.fsetstat(handle, { size: oldSize }).catch(() => {});
        throw await asSpaceFailure(sftp, path, error);
      }
    }
    await writeAt(sftp, handle, 0, bytes.subarray(0, oldSize));
    if (bytes.length < oldSize) await sftp.fsetstat(handle, { size: bytes.length });
    await sftp.sync(handle);
  } finally {
    await sftp.close(handle);
  }
}

async function writeAt(sftp: Sftp, handle: Buffer, offset: number, bytes: Buffer): Promise<void> {
  const writes: Promise<void>[] = [];
  for (let at = 0; at < bytes.length; at += sftp.writeBytes) {
    writes.push(sftp.write(handle, offset + at, [bytes.subarray(at, at + sftp.writeBytes)]));
  }
  await Promise.all(writes);
}

/** The protocol does not say; the server's long line of the directory does. */
async function hasSeveralNames(sftp: Sftp, path: string): Promise<boolean> {
  try {
    const { signal } = new AbortController();
    const { entries } = await readEntries(sftp, parentOf(path), signal);
    const line = entries.find(({ name }) => name === nameOf(path))?.line ?? '';
    return Number(/^\S+\s+(\d+)\s/.exec(line)?.[1] ?? 1) > 1;
  } catch (error) {
    // A directory that may be entered and not read.
    if (isRefused(error, status.permissionDenied)) return false;
    throw error;
  }
}
