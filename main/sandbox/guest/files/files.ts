/** A guest's file system in memory, by paths: what shell, SFTP and notebook all work on. */
import { posix } from 'node:path';
import { FileError } from './file-error.ts';
import {
  contentOf,
  createDirectory,
  createFile,
  createLink,
  type DirectoryEntry,
  type Entry,
  entriesOf,
  type FileEntry,
  truncate,
  writeAt,
} from './file-node.ts';
import { locate, type Place } from './locate.ts';

export interface FileStats {
  readonly kind: Entry['kind'];
  readonly mode: number;
  /** In bytes. */
  readonly size: number;
  readonly mtimeMs: number;
}

export interface FilesOptions {
  readonly root: DirectoryEntry;
  /** All files together, in bytes; they lie in this process's memory. */
  readonly capacityBytes: number;
  now(): number;
  onChanged(): void;
}

export class Files {
  readonly root: DirectoryEntry;
  readonly #options: FilesOptions;
  #usedBytes: number;

  constructor(options: FilesOptions) {
    this.root = options.root;
    this.#options = options;
    this.#usedBytes = sizeOf(options.root, true);
  }

  /** Of one volume, in bytes. */
  size(path = '/'): number {
    return sizeOf(this.entry(path), false);
  }

  /** @throws FileError ENOENT, ENOTDIR, ELOOP */
  entry(path: string, followLast = true): Entry {
    const { entry, path: found } = this.#locate(path, followLast);
    if (!entry) throw new FileError('ENOENT', found, 'open');
    return entry;
  }

  exists(path: string): boolean {
    try {
      return this.#locate(path, true).entry !== undefined;
    } catch {
      return false;
    }
  }

  stat(path: string, followLast = true): FileStats {
    const entry = this.entry(path, followLast);
    return { kind: entry.kind, mode: entry.mode, mtimeMs: entry.mtimeMs, size: sizeOfOne(entry) };
  }

  realpath(path: string): string {
    const place = this.#locate(path, true);
    if (!place.entry) throw new FileError('ENOENT', path, 'realpath');
    return place.path;
  }

  file(path: string): FileEntry {
    const entry = this.entry(path);
    if (entry.kind !== 'file') throw new FileError('EISDIR', path, 'read');
    return entry;
  }

  read(path: string): Uint8Array {
    return contentOf(this.file(path));
  }

  readText(path: string): string {
    return new TextDecoder().decode(this.read(path));
  }

  readdir(path: string): readonly string[] {
    const entry = this.entry(path);
    if (entry.kind !== 'directory') throw new FileError('ENOTDIR', path, 'scandir');
    return [...entriesOf(entry).keys()].sort();
  }

  /** Opens for writing. @throws FileError EEXIST when `exclusive` and there */
  create(path: string, options: { mode?: number; exclusive?: boolean } = {}): FileEntry {
    const place = this.#locate(path, true);
    if (place.entry && options.exclusive) throw new FileError('EEXIST', path, 'open');
    if (place.entry?.kind === 'directory') throw new FileError('EISDIR', path, 'open');
    this.#assertWritable(place, 'open');
    if (place.entry?.kind === 'file') return place.entry;
    const file = createFile(options.mode ?? 0o644, this.#options.now());
    this.#put(place, file);
    return file;
  }

  write(path: string, data: Uint8Array): void {
    const file = this.create(path);
    this.setSize(file, 0);
    this.writeAt(file, 0, data);
  }

  append(path: string, data: Uint8Array): void {
    const file = this.create(path);
    this.writeAt(file, file.size, data);
  }

  /** For an opened file, as SFTP has them. @throws FileError ENOSPC */
  writeAt(file: FileEntry, offset: number, data: Uint8Array): void {
    if (file.live) throw new FileError('EACCES', '/proc', 'write');
    const growth = Math.max(offset + data.length - file.size, 0);
    if (this.#usedBytes + growth > this.#options.capacityBytes) {
      throw new FileError('ENOSPC', '', 'write');
    }
    writeAt(file, offset, data);
    this.#usedBytes += growth;
    this.#touch(file);
  }

  setSize(file: FileEntry, size: number): void {
    if (size > file.size && this.#usedBytes + size - file.size > this.#options.capacityBytes) {
      throw new FileError('ENOSPC', '', 'truncate');
    }
    this.#usedBytes += size - file.size;
    truncate(file, size);
    this.#touch(file);
  }

  mkdir(path: string, recursive = false): void {
    if (recursive) {
      const parent = posix.dirname(path);
      if (parent !== path && !this.exists(parent)) this.mkdir(parent, true);
      if (this.exists(path)) return;
    }
    const place = this.#locate(path, true);
    if (place.entry) throw new FileError('EEXIST', path, 'mkdir');
    this.#assertWritable(place, 'mkdir');
    this.#put(place, createDirectory(0o755, this.#options.now()));
  }

  remove(path: string, options: { recursive?: boolean; force?: boolean } = {}): void {
    const place = this.#locate(path, false);
    if (!place.entry) {
      if (options.force) return;
      throw new FileError('ENOENT', path, 'rm');
    }
    this.#assertWritable(place, 'rm');
    if (place.entry.kind === 'directory') {
      if (place.entry.volume || place.entry.live) throw new FileError('EBUSY', path, 'rm');
      if (!options.recursive && place.entry.entries.size > 0) {
        throw new FileError('ENOTEMPTY', path, 'rm');
      }
    }
    place.parent.entries.delete(place.name);
    this.#usedBytes -= sizeOf(place.entry, true);
    this.#touch(place.parent);
  }

  /** Replaces a file at the new place; a directory only when it is empty. */
  rename(from: string, to: string): void {
    const source = this.#locate(from, false);
    const target = this.#locate(to, false);
    if (!source.entry) throw new FileError('ENOENT', from, 'rename');
    if (source.entry === target.entry) return;
    this.#assertWritable(source, 'rename');
    this.#assertWritable(target, 'rename');
    if (source.entry.kind === 'directory') {
      if (source.entry.volume) throw new FileError('EBUSY', from, 'rename');
      if (target.path.startsWith(`${source.path}/`)) throw new FileError('EINVAL', to, 'rename');
    }
    if (target.entry) this.remove(to);
    source.parent.entries.delete(source.name);
    this.#touch(source.parent);
    this.#put(target, source.entry);
  }

  copy(from: string, to: string, recursive = false): void {
    const source = this.entry(from);
    if (source.kind === 'file') {
      this.write(to, contentOf(source).slice());
      this.chmod(to, source.mode);
    } else if (source.kind === 'directory') {
      if (!recursive) throw new FileError('EISDIR', from, 'cp');
      this.mkdir(to, true);
      for (const name of entriesOf(source).keys()) {
        this.copy(posix.join(from, name), posix.join(to, name), true);
      }
    }
  }

  chmod(path: string, mode: number): void {
    const place = this.#locate(path, true);
    if (!place.entry) throw new FileError('ENOENT', path, 'chmod');
    this.#assertWritable(place, 'chmod');
    place.entry.mode = mode & 0o7777;
    this.#options.onChanged();
  }

  setTime(path: string, mtimeMs: number): void {
    const place = this.#locate(path, true);
    if (!place.entry) throw new FileError('ENOENT', path, 'utimes');
    this.#assertWritable(place, 'utimes');
    place.entry.mtimeMs = mtimeMs;
    this.#options.onChanged();
  }

  symlink(target: string, path: string): void {
    const place = this.#locate(path, false);
    if (place.entry) throw new FileError('EEXIST', path, 'symlink');
    this.#assertWritable(place, 'symlink');
    this.#put(place, createLink(target, this.#options.now()));
  }

  link(existing: string, path: string): void {
    const file = this.file(existing);
    const place = this.#locate(path, false);
    if (place.entry) throw new FileError('EEXIST', path, 'link');
    this.#assertWritable(place, 'link');
    if (place.volume !== this.#locate(existing, true).volume) {
      throw new FileError('EXDEV', path, 'link');
    }
    this.#put(place, file);
    this.#usedBytes += file.size;
  }

  readlink(path: string): string {
    const entry = this.entry(path, false);
    if (entry.kind !== 'symlink') throw new FileError('EINVAL', path, 'readlink');
    return entry.target;
  }

  #put(place: Place, entry: Entry): void {
    place.parent.entries.set(place.name, entry);
    this.#touch(place.parent);
  }

  #touch(entry: Entry): void {
    entry.mtimeMs = this.#options.now();
    this.#options.onChanged();
  }

  #assertWritable(place: Place, operation: string): void {
    if (place.name === '') throw new FileError('EBUSY', '/', operation);
    if (place.volume?.readOnly) throw new FileError('EROFS', place.path, operation);
    const live = place.parent.live ?? (place.entry?.kind === 'file' && place.entry.live);
    if (live) throw new FileError('EACCES', place.path, operation);
  }

  #locate(path: string, followLast: boolean): Place {
    return locate(this.root, path, followLast);
  }
}

function sizeOfOne(entry: Entry): number {
  if (entry.kind === 'directory') return 4096;
  if (entry.kind === 'symlink') return entry.target.length;
  return entry.live ? 0 : entry.size;
}

/** Bytes of all files below; other volumes only on request. */
function sizeOf(entry: Entry, withVolumes: boolean): number {
  if (entry.kind === 'file') return entry.size;
  if (entry.kind === 'symlink' || entry.live) return 0;
  let sum = 0;
  for (const child of entry.entries.values()) {
    if (withVolumes || child.kind !== 'directory' || !child.volume) {
      sum += sizeOf(child, withVolumes);
    }
  }
  return sum;
}
