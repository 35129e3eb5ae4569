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
    let isDone = false;
    while (!isDone) isDone = changeAtOnce(path, target, change);
  } catch (error) {
    throw asDiskError(error, path);
  }
}

/** @returns false where another program wrote the file meanwhile: what it wrote must not be lost */
function changeAtOnce(path: string, target: string, change: (content: Buffer) => Buffer): boolean {
  const before = contentOf(target);
  const after = change(before ?? Buffer.alloc(0));
  if (before ? after.equals(before) : after.length === 0) return true;
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  if (before) replaceFile(backupOf(path), before, 0o600);
  const isAsBefore = () => {
    const now = contentOf(target);
    return now && before ? now.equals(before) : now === before;
  };
  return replaceFile(target, after, before ? statSync(target).mode & 0o777 : 0o600, isAsBefore);
}

const contentOf = (path: string): Buffer | undefined =>
  existsSync(path) ? readFileSync(path) : undefined;

/** A link stays a link. @throws CloudError when it leads nowhere */
function targetOf(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  if (lstatSync(path, { throwIfNoEntry: false })) {
    throw refusal('not-found', 'config-link-broken', { file: path });
  }
  return path;
}

/** @param isWanted asked at the last moment @returns whether it was */
function replaceFile(
  path: string,
  content: Buffer,
  mode: number,
  isWanted: () => boolean = () => true,
): boolean {
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
    const wanted = isWanted();
    if (wanted) renameSync(temporary, path);
    return wanted;
  } finally {
    rmSync(temporary, { force: true });
  }
}
