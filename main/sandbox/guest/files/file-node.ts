/** The nodes of a guest's file system: files, directories, symbolic links, and what is made up when looked at. */

export interface FileEntry {
  readonly kind: 'file';
  mode: number;
  mtimeMs: number;
  /** Holds at least `size` bytes; grows by doubling. */
  bytes: Uint8Array;
  size: number;
  /** Comes with the simulation: not part of an export. */
  readonly builtIn?: boolean;
  /** What reading gives instead of `bytes`, as in /proc. */
  readonly live?: () => string;
}

export interface DirectoryEntry {
  readonly kind: 'directory';
  mode: number;
  mtimeMs: number;
  readonly entries: Map<string, Entry>;
  readonly builtIn?: boolean;
  /** Entries that come and go by themselves, as /proc/<pid>. */
  readonly live?: () => ReadonlyMap<string, Entry>;
  /** The root of a volume of its own. */
  readonly volume?: Volume;
}

export interface LinkEntry {
  readonly kind: 'symlink';
  mode: number;
  mtimeMs: number;
  readonly target: string;
  readonly builtIn?: boolean;
}

export type Entry = FileEntry | DirectoryEntry | LinkEntry;

export interface Volume {
  readonly name: string;
  readonly readOnly: boolean;
}

const nothing = new Uint8Array(0);

export function createFile(mode: number, mtimeMs: number, bytes = nothing): FileEntry {
  return { kind: 'file', mode, mtimeMs, bytes, size: bytes.length };
}

/** Read-only to everyone; its content is asked for at each look. */
export function createLiveFile(live: () => string, mode = 0o444): FileEntry {
  return {
    kind: 'file',
    mode,
    mtimeMs: 0,
    bytes: nothing,
    size: 0,
    builtIn: true,
    live,
  };
}

export function createDirectory(
  mode: number,
  mtimeMs: number,
  options: Pick<DirectoryEntry, 'builtIn' | 'live' | 'volume'> = {},
): DirectoryEntry {
  return { kind: 'directory', mode, mtimeMs, entries: new Map(), ...options };
}

export const createLink = (target: string, mtimeMs: number): LinkEntry => ({
  kind: 'symlink',
  mode: 0o777,
  mtimeMs,
  target,
});

export function entriesOf(directory: DirectoryEntry): ReadonlyMap<string, Entry> {
  return directory.live ? directory.live() : directory.entries;
}

export function contentOf(file: FileEntry): Uint8Array {
  return file.live ? new TextEncoder().encode(file.live()) : file.bytes.subarray(0, file.size);
}

/** Writes at an offset; a gap is filled with zeros. */
export function writeAt(file: FileEntry, offset: number, data: Uint8Array): void {
  const end = offset + data.length;
  if (end > file.bytes.length || file.bytes === nothing) {
    const larger = new Uint8Array(Math.max(end, Math.min(file.size * 2, file.size + 16_777_216)));
    larger.set(file.bytes.subarray(0, file.size));
    file.bytes = larger;
  }
  file.bytes.set(data, offset);
  file.size = Math.max(file.size, end);
}

export function truncate(file: FileEntry, size: number): void {
  if (size > file.size) writeAt(file, file.size, new Uint8Array(size - file.size));
  else file.bytes.fill(0, size, file.size);
  file.size = size;
}
