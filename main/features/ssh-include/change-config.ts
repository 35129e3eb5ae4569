/** Changes OpenSSH's configuration by one line: whole or not at all, through links, with what stood there before kept beside it. */
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { refusal } from '../../../preload/contract/errors.ts';
import { asDiskError } from '../../core/files.ts';

export const backupOf = (path: string): string => `${path}.before-pilothouse`;

/** @throws CloudError or the system's error; the file is then as it was */
export function changeConfig(path: string, change: (content: Buffer) => Buffer): void {
  try {
    const target = targetOf(path);
    const before = existsSync(target) ? readFileSync(target) : undefined;
    const after = change(before ?? Buffer.alloc(0));
    if (before ? after.equals(before) : after.length === 0) return;
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    if (before) replaceFile(backupOf(path), before, 0o600);
    replaceFile(target, after, before ? statSync(target).mode & 0o777 : 0o600);
  } catch (error) {
    throw asDiskError(error, path);
  }
}

/** A link stays a link. @throws CloudError when it leads nowhere */
function targetOf(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  if (lstatSync(path, { throwIfNoEntry: false })) {
    throw refusal('not-found', 'config-link-broken', { file: path });
  }
  return path;
}

function replaceFile(path: string, content: Buffer, mode: number): void {
  const temporary = `${path}.${process.pid}.new`;
  try {
    const handle = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(handle, content);
      fchmodSync(handle, mode);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}
