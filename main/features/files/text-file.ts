/** A text on the instance, read to be edited and written back over exactly what was read. */
import { createHash } from 'node:crypto';
import { refusal } from '../../../preload/contract/errors.ts';
import type { FileVersion } from '../../../preload/contract/files.ts';
import { statusOf } from './changes.ts';
import { kindOf, timeOf } from './file-entry.ts';
import { join, parentOf, resolvePath } from './file-paths.ts';
import type { PartClaim } from './part-names.ts';
import { type Handle, opening, type Sftp } from './sftp.ts';
import { isRefused, status } from './sftp-failure.ts';
import type { Attributes } from './sftp-packet.ts';
import { writeText } from './write-text.ts';

const maxTextBytes = 2 * 1024 * 1024;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws CloudError unsupported `file-not-text`, `file-too-large-to-edit` */
export async function readText(
  sftp: Sftp,
  path: string,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly version: FileVersion; readonly writable: boolean }> {
  const target = await resolvePath(sftp, path);
  const { bytes, attributes } = await readWhole(sftp, target, signal);
  if (bytes.includes(0)) throw refusal('unsupported', 'file-not-text', { path });
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw refusal('unsupported', 'file-not-text', { path });
  }
  return {
    text,
    version: versionOf(bytes, attributes),
    writable: await isWritable(sftp, target),
  };
}

/** Version null: over whatever is there, or nothing. */
export async function writeBack(
  sftp: Sftp,
  path: string,
  text: string,
  version: FileVersion | null,
  claimPart: (target: string) => PartClaim,
  signal: AbortSignal,
): Promise<{ readonly kind: 'written' | 'changed-meanwhile'; readonly version: FileVersion }> {
  const target = await resolvePath(sftp, path);
  const bytes = Buffer.from(text, 'utf8');
  let before: Attributes | undefined;
  if (version) {
    const there = await readWhole(sftp, target, signal);
    const found = versionOf(there.bytes, there.attributes);
    // By an earlier try, whose answer was lost with the line, or by somebody who meant the same.
    if (there.bytes.equals(bytes)) return { kind: 'written', version: found };
    if (found.hash !== version.hash) return { kind: 'changed-meanwhile', version: found };
    before = there.attributes;
  } else {
    before = await statusOf(sftp, target);
    if (before && kindOf(before) !== 'file')
      throw refusal('unsupported', 'file-not-text', { path });
  }
  signal.throwIfAborted();
  const part = claimPart(target);
  try {
    await writeText(sftp, target, bytes, before, join(parentOf(target), part.name));
  } finally {
    part.letGo();
  }
  return { kind: 'written', version: versionOf(bytes, await sftp.stat(target)) };
}

const versionOf = (bytes: Buffer, attributes: Attributes): FileVersion => ({
  size: bytes.length,
  modifiedAt: timeOf(attributes),
  hash: createHash('sha256').update(bytes).digest('hex'),
});

/** By the end of the file, not by the size it states: what the kernel makes up states none. */
async function readWhole(
  sftp: Sftp,
  path: string,
  signal: AbortSignal,
): Promise<{ readonly bytes: Buffer; readonly attributes: Attributes }> {
  const attributes = await sftp.stat(path);
  // A pipe or a device could be read for ever.
  if (kindOf(attributes) !== 'file') throw refusal('unsupported', 'file-not-text', { path });
  const tooLarge = () => refusal('unsupported', 'file-too-large-to-edit', { path });
  if ((attributes.size ?? 0) > maxTextBytes) throw tooLarge();
  const handle = await sftp.open(path, opening.reading);
  try {
    const pieces: Buffer[] = [];
    let length = 0;
    for (;;) {
      signal.throwIfAborted();
      const piece = await sftp.read(handle, length, sftp.readBytes);
      if (!piece) return { bytes: Buffer.concat(pieces), attributes };
      pieces.push(piece);
      length += piece.length;
      if (length > maxTextBytes) throw tooLarge();
    }
  } finally {
    sftp.close(handle).catch(() => {});
  }
}

/** By opening it, which changes nothing: permission bits do not tell of access lists and read-only disks. */
async function isWritable(sftp: Sftp, path: string): Promise<boolean> {
  let handle: Handle;
  try {
    handle = await sftp.open(path, opening.changing);
  } catch (error) {
    if (isRefused(error, status.permissionDenied) || isRefused(error, status.failure)) return false;
    throw error;
  }
  await sftp.close(handle);
  return true;
}
