/** Puts a whole new file in an old one's place on the instance, so that nobody ever sees half of one. */
import { join, nameOf, parentOf } from './file-paths.ts';
import { partName } from './part-name.ts';
import type { Sftp } from './sftp.ts';
import { isRefused, status } from './sftp-failure.ts';

/**
 * Where the server cannot replace at one stroke, the old file steps aside first: at every moment one of the two is whole.
 * @throws CloudError; the old file is then as it was
 */
export async function replaceFile(sftp: Sftp, part: string, path: string): Promise<void> {
  if (sftp.canReplace) {
    await sftp.replace(part, path);
    return;
  }
  const aside = join(parentOf(path), partName(nameOf(path)));
  const hasStepped = await stepAside(sftp, path, aside);
  try {
    await sftp.rename(part, path);
  } catch (error) {
    if (hasStepped) await sftp.rename(aside, path);
    throw error;
  }
  if (hasStepped) await sftp.remove(aside);
}

/** @returns false when it is out of the way already: by an earlier try, whose answer was lost with the line */
async function stepAside(sftp: Sftp, path: string, aside: string): Promise<boolean> {
  try {
    await sftp.rename(path, aside);
    return true;
  } catch (error) {
    if (isRefused(error, status.noSuchFile)) return false;
    throw error;
  }
}
