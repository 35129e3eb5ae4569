/** A full disk, which the protocol has no word for: a mere failure, and no space when asked. */
import { refusal } from '../../../preload/contract/errors.ts';
import { parentOf } from './file-paths.ts';
import type { Sftp } from './sftp.ts';
import { isRefused, status } from './sftp-failure.ts';

/** Less than this is none: the last blocks are not for everybody, and a write needs more than its bytes. */
const nearlyNothingBytes = 1024 * 1024;

/** @returns quota `remote-disk-full` where that is what it was, else the failure as it is */
export async function asSpaceFailure(sftp: Sftp, path: string, error: unknown): Promise<unknown> {
  if (!isRefused(error, status.failure)) return error;
  try {
    const space = await sftp.space(parentOf(path));
    if (!space) return refusal('quota', 'file-write-failed', { path });
    const isFull = space.bytesFree < nearlyNothingBytes || space.filesFree === 0;
    return isFull
      ? refusal('quota', 'remote-disk-full', { path: parentOf(path) })
      : refusal('quota', 'file-write-failed', { path });
  } catch {
    return error;
  }
}
