/** A file on this machine that is being filled: beside its place until it is whole, and never over another unasked. */
import { constants } from 'node:fs';
import { type FileHandle, link, open, rename, rm, unlink } from 'node:fs/promises';
import { uptime } from 'node:os';
import { dirname } from 'node:path';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import { asDiskError } from '../../core/files.ts';

/** Never through a link: somebody may have put one in its place. */
const goingOn = constants.O_RDWR | (constants.O_NOFOLLOW ?? 0);
/** Needed while it is being filled. */
const ownersBits = 0o600;

export class LocalPart {
  private readonly file: FileHandle;
  private readonly path: string;
  private isClosed = false;

  private constructor(file: FileHandle, path: string) {
    this.file = file;
    this.path = path;
  }

  /** A new one, whatever an earlier try of ours left there. @throws CloudError */
  static async create(path: string, mode: number): Promise<LocalPart> {
    const create = () => open(path, 'wx+', (mode & 0o777) | ownersBits);
    return attempt(path, async () => {
      try {
        return new LocalPart(await create(), path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        await unlink(path);
        return new LocalPart(await create(), path);
      }
    });
  }

  /** A file that is there, gone on with. @throws CloudError */
  static async goOn(path: string): Promise<LocalPart> {
    return attempt(path, async () => new LocalPart(await open(path, goingOn), path));
  }

  write(bytes: Buffer, offset: number): Promise<void> {
    return attempt(this.path, async () => {
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await this.file.write(bytes, at, bytes.length - at, offset + at);
        at += bytesWritten;
      }
    });
  }

  async size(): Promise<number> {
    return (await this.file.stat()).size;
  }

  /** Whether the machine ran on since its last byte: one that lost its power may have kept any part of what was written. */
  async isOfThisStart(): Promise<boolean> {
    return (await this.file.stat()).mtimeMs > Date.now() - uptime() * 1000;
  }

  async read(offset: number, length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await this.file.read(Buffer.alloc(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  }

  /**
   * @param modifiedAt seconds since 1970
   * @param mode as on the instance; whoever downloaded it can read it in any case
   */
  async finish(modifiedAt: number, mode: number): Promise<void> {
    await attempt(this.path, async () => {
      if ((mode & ownersBits) !== ownersBits) await this.file.chmod((mode & 0o777) | 0o400);
      await this.file.utimes(modifiedAt, modifiedAt);
    });
    await this.close();
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.file.close();
  }

  /**
   * @param mayReplace whether what is there is to be replaced
   * @throws CloudError conflict `file-exists` when something came in between
   */
  async place(target: string, mayReplace: boolean): Promise<void> {
    if (this.path === target) return;
    await attempt(target, async () => {
      if (mayReplace) await rename(this.path, target);
      else await placeNew(this.path, target);
    });
  }

  async discard(): Promise<void> {
    await this.close().catch(() => {});
    await rm(this.path, { force: true }).catch(() => {});
  }

  /** No longer than so many bytes. */
  cutTo(size: number): Promise<void> {
    return attempt(this.path, () => this.file.truncate(size));
  }
}

/** A second name fails where something is, which a new name does not; not every file system has second names. */
async function placeNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw refusal('conflict', 'file-exists', { path: to });
    const placeholder = await open(to, 'wx');
    await placeholder.close();
    await rename(from, to);
    return;
  }
  await unlink(from);
}

async function attempt<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw refusal('quota', 'local-disk-full', { path: dirname(path) });
    }
    if (code === 'EEXIST') throw refusal('conflict', 'file-exists', { path });
    const said = asDiskError(error, path);
    if (said instanceof CloudError) throw said;
    throw refusal('internal', 'local-file-refused', { path, detail: code ?? '' });
  }
}
