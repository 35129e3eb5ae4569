/** A new key pair in the home directory's `.ssh`: both files whole, readable by their owner, and never over others. */
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { refusal } from '../../../preload/contract/errors.ts';
import { asDiskError } from '../../core/files.ts';
import { plainWords } from '../../core/plain-words.ts';
import { newOpensshKey } from './openssh-key.ts';

export interface KeyWish {
  readonly name: string;
  readonly comment: string;
  readonly passphrase: string | undefined;
}

/** Files with a meaning of their own to OpenSSH. */
const meaningful = /^(authorized_keys2?|config|environment|known_hosts2?|rc)$|\.pub$|^[^\w]|-cert$/;

/** @throws CloudError invalid `key-name-unfit`, conflict `key-name-taken`, or the disk's refusal */
export function createKey(homeDirectory: string, { name, comment, passphrase }: KeyWish): void {
  if (meaningful.test(name)) throw refusal('invalid', 'key-name-unfit', { name });
  const directory = join(homeDirectory, '.ssh');
  const file = join(directory, name);
  for (const path of [file, `${file}.pub`]) {
    if (existsSync(path)) throw refusal('conflict', 'key-name-taken', { name });
  }
  const { privateFile, publicFile } = newOpensshKey(oneLine(comment), passphrase);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeNew(file, privateFile, 0o600);
    try {
      writeNew(`${file}.pub`, publicFile, 0o644);
    } catch (error) {
      rmSync(file);
      throw error;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw refusal('conflict', 'key-name-taken', { name });
    }
    throw asDiskError(error, file);
  }
}

/** A comment with a line end would be a second line of somebody's authorized_keys. */
const oneLine = (text: string): string => plainWords(text, Number.POSITIVE_INFINITY);

/** The name appears with the whole content at once. @throws the system's error, EEXIST when the name is taken */
function writeNew(path: string, content: string, mode: number): void {
  const temporary = `${path}.${process.pid}.new`;
  try {
    const handle = openSync(temporary, 'wx', mode);
    try {
      writeSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    try {
      linkSync(temporary, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
      // File systems without links, such as those of memory sticks.
      copyFileSync(temporary, path, constants.COPYFILE_EXCL);
    }
  } finally {
    rmSync(temporary, { force: true });
  }
}
