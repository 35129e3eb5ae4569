/** What goes wrong in a guest's file system, by the names and words of Linux. */

const words = {
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
  EISDIR: 'illegal operation on a directory',
  EEXIST: 'file already exists',
  ENOTEMPTY: 'directory not empty',
  EROFS: 'read-only file system',
  ELOOP: 'too many levels of symbolic links',
  EINVAL: 'invalid argument',
  EACCES: 'permission denied',
  EBUSY: 'device or resource busy',
  ENOSPC: 'no space left on device',
  EXDEV: 'cross-device link not permitted',
} as const;

export type FileErrorCode = keyof typeof words;

export class FileError extends Error {
  readonly code: FileErrorCode;

  constructor(code: FileErrorCode, path: string, operation = 'access') {
    super(`${code}: ${words[code]}, ${operation} '${path}'`);
    this.name = 'FileError';
    this.code = code;
  }
}
