/** File transfer on a guest's files, as version 3 of the protocol has it. */
import { posix } from 'node:path';
import ssh2, { type Attributes, type SFTPWrapper } from 'ssh2';
import { FileError } from '../files/file-error.ts';
import { contentOf, type FileEntry } from '../files/file-node.ts';
import type { FileStats, Files } from '../files/files.ts';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

type Handle =
  | { readonly kind: 'file'; readonly file: FileEntry; readonly append: boolean }
  | { readonly kind: 'directory'; readonly path: string; names: string[] };

const typeBits = { file: 0o100000, directory: 0o040000, symlink: 0o120000 } as const;
const home = '/root';
const namesPerAnswer = 100;

export function serveSftp(sftp: SFTPWrapper, files: Files): void {
  const handles = new Map<number, Handle>();
  let lastHandle = 0;
  const open = (handle: Handle): Buffer => {
    lastHandle += 1;
    handles.set(lastHandle, handle);
    const name = Buffer.alloc(4);
    name.writeUInt32BE(lastHandle);
    return name;
  };
  const handleOf = (name: Buffer) =>
    name.length === 4 ? handles.get(name.readUInt32BE()) : undefined;
  const fileOf = (name: Buffer): Handle & { kind: 'file' } => {
    const handle = handleOf(name);
    if (handle?.kind !== 'file') throw new FileError('EINVAL', '', 'use handle');
    return handle;
  };
  const at = (path: string) => posix.resolve(home, path);
  /** Answers with OK, with what `act` answers itself, or with what went wrong. */
  const attempt = (id: number, act: () => boolean) => {
    try {
      if (act()) sftp.status(id, STATUS_CODE.OK);
    } catch (error) {
      const code = error instanceof FileError ? statusOf(error) : STATUS_CODE.FAILURE;
      sftp.status(id, code, error instanceof Error ? error.message : String(error));
    }
  };
  const change = (id: number, act: () => void) =>
    attempt(id, () => {
      act();
      return true;
    });
  const reply = (id: number, act: () => void) =>
    attempt(id, () => {
      act();
      return false;
    });
  const setAttributes = (path: string, { mode, mtime, size }: Partial<Attributes>) => {
    if (size !== undefined) files.setSize(files.create(path), size);
    if (mode !== undefined) files.chmod(path, mode);
    if (mtime !== undefined) files.setTime(path, mtime * 1000);
  };

  sftp.on('end', () => {
    sayDone(sftp);
    sftp.end();
  });
  sftp.on('OPEN', (id, name, flags, attributes) =>
    reply(id, () => {
      const path = at(name);
      const writes = (flags & (OPEN_MODE.WRITE | OPEN_MODE.APPEND)) !== 0;
      const creates = (flags & OPEN_MODE.CREAT) !== 0;
      const exclusive = (flags & OPEN_MODE.EXCL) !== 0;
      if (!creates && !files.exists(path)) throw new FileError('ENOENT', path, 'open');
      const mode = attributes.mode === undefined ? {} : { mode: attributes.mode & 0o777 };
      const file = writes ? files.create(path, { exclusive, ...mode }) : files.file(path);
      if (writes && (flags & OPEN_MODE.TRUNC) !== 0) files.setSize(file, 0);
      sftp.handle(id, open({ kind: 'file', file, append: (flags & OPEN_MODE.APPEND) !== 0 }));
    }),
  );
  sftp.on('READ', (id, name, offset, length) =>
    reply(id, () => {
      const data = contentOf(fileOf(name).file).subarray(
        offset,
        offset + Math.min(length, 262_144),
      );
      if (data.length === 0) sftp.status(id, STATUS_CODE.EOF);
      else sftp.data(id, Buffer.from(data));
    }),
  );
  sftp.on('WRITE', (id, name, offset, data) =>
    change(id, () => {
      const { file, append } = fileOf(name);
      files.writeAt(file, append ? file.size : offset, data);
    }),
  );
  sftp.on('CLOSE', (id, name) =>
    change(id, () => {
      if (!handleOf(name)) throw new FileError('EINVAL', '', 'close');
      handles.delete(name.readUInt32BE());
    }),
  );
  sftp.on('OPENDIR', (id, name) =>
    reply(id, () => {
      const path = at(name);
      const names = ['.', '..', ...files.readdir(path)];
      sftp.handle(id, open({ kind: 'directory', path, names }));
    }),
  );
  sftp.on('READDIR', (id, name) =>
    reply(id, () => {
      const handle = handleOf(name);
      if (handle?.kind !== 'directory') throw new FileError('EINVAL', '', 'readdir');
      const names = handle.names.splice(0, namesPerAnswer);
      if (names.length === 0) sftp.status(id, STATUS_CODE.EOF);
      else
        sftp.name(
          id,
          names.flatMap((each) => listed(files, handle.path, each)),
        );
    }),
  );
  sftp.on('STAT', (id, name) =>
    reply(id, () => sftp.attrs(id, attributesOf(files.stat(at(name))))),
  );
  sftp.on('LSTAT', (id, name) =>
    reply(id, () => sftp.attrs(id, attributesOf(files.stat(at(name), false)))),
  );
  sftp.on('FSTAT', (id, name) =>
    reply(id, () => {
      const { mode, mtimeMs, size, kind } = fileOf(name).file;
      sftp.attrs(id, attributesOf({ mode, mtimeMs, size, kind }));
    }),
  );
  sftp.on('SETSTAT', (id, name, attributes) =>
    change(id, () => setAttributes(at(name), attributes as Partial<Attributes>)),
  );
  sftp.on('FSETSTAT', (id, name, attributes) =>
    change(id, () => {
      const { file } = fileOf(name);
      const { mode, mtime, size } = attributes as Partial<Attributes>;
      if (size !== undefined) files.setSize(file, size);
      if (mode !== undefined) file.mode = mode & 0o7777;
      if (mtime !== undefined) file.mtimeMs = mtime * 1000;
    }),
  );
  sftp.on('REALPATH', (id, name) =>
    reply(id, () => {
      const path = at(name);
      const filename = files.exists(path) ? files.realpath(path) : path;
      sftp.name(id, [{ filename, longname: filename, attrs: noAttributes }]);
    }),
  );
  sftp.on('READLINK', (id, name) =>
    reply(id, () => {
      const filename = files.readlink(at(name));
      sftp.name(id, [{ filename, longname: filename, attrs: noAttributes }]);
    }),
  );
  sftp.on('REMOVE', (id, name) =>
    change(id, () => {
      if (files.stat(at(name), false).kind === 'directory')
        throw new FileError('EISDIR', name, 'rm');
      files.remove(at(name));
    }),
  );
  sftp.on('RMDIR', (id, name) =>
    change(id, () => {
      if (files.stat(at(name), false).kind !== 'directory') {
        throw new FileError('ENOTDIR', name, 'rmdir');
      }
      files.remove(at(name));
    }),
  );
  sftp.on('MKDIR', (id, name, attributes) =>
    change(id, () => {
      files.mkdir(at(name));
      if (attributes.mode !== undefined) files.chmod(at(name), attributes.mode);
    }),
  );
  sftp.on('RENAME', (id, from, to) =>
    change(id, () => {
      // Version 3 of the protocol never replaces what is there.
      if (files.exists(at(to))) throw new FileError('EEXIST', to, 'rename');
      files.rename(at(from), at(to));
    }),
  );
  sftp.on('SYMLINK', (id, link, target) => change(id, () => files.symlink(target, at(link))));
}

/** ssh2's server has no call for it, and scp takes a missing exit status for a failure. */
function sayDone(sftp: SFTPWrapper): void {
  const { _protocol: protocol, outgoing } = sftp as unknown as {
    readonly _protocol?: { exitStatus?(channel: number, status: number): void };
    readonly outgoing?: { readonly id: number };
  };
  if (outgoing) protocol?.exitStatus?.(outgoing.id, 0);
}

function statusOf({ code }: FileError): number {
  if (code === 'ENOENT' || code === 'ENOTDIR') return STATUS_CODE.NO_SUCH_FILE;
  return code === 'EROFS' || code === 'EACCES'
    ? STATUS_CODE.PERMISSION_DENIED
    : STATUS_CODE.FAILURE;
}

const noAttributes: Attributes = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };

const attributesOf = ({ kind, mode, size, mtimeMs }: FileStats): Attributes => ({
  mode: typeBits[kind] | (mode & 0o7777),
  uid: 0,
  gid: 0,
  size,
  atime: Math.floor(mtimeMs / 1000),
  mtime: Math.floor(mtimeMs / 1000),
});

function listed(files: Files, directory: string, name: string) {
  const path = posix.join(directory, name);
  let stats: FileStats;
  try {
    stats = files.stat(path, false);
  } catch {
    return []; // gone since the directory was opened
  }
  const letter = { file: '-', directory: 'd', symlink: 'l' }[stats.kind];
  const bits = [...'rwxrwxrwx'].map((bit, at) => (stats.mode & (0o400 >> at) ? bit : '-')).join('');
  const day = new Date(stats.mtimeMs).toUTCString().slice(5, 16);
  const longname = `${letter}${bits} 1 root root ${String(stats.size).padStart(10)} ${day} ${name}`;
  return [{ filename: name, longname, attrs: attributesOf(stats) }];
}
