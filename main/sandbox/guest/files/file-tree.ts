/** A file system as a flat list, to be stored in a snapshot and laid out again. */
import { posix } from 'node:path';
import { createDirectory, createFile, createLink, type DirectoryEntry } from './file-node.ts';

export interface FileNode {
  /** Absolute, within its volume. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  readonly mode: number;
  readonly mtimeMs: number;
  /** Of a file. */
  readonly data?: Uint8Array;
  /** Of a symlink. */
  readonly target?: string;
}

export type FileTree = readonly FileNode[];

/** Parents before children; without other volumes and without what comes with the simulation. */
export function toTree(directory: DirectoryEntry, path = '/'): FileTree {
  return [...directory.entries].flatMap(([name, entry]): FileTree => {
    const { mode, mtimeMs } = entry;
    const node = { path: posix.join(path, name), mode, mtimeMs };
    if (entry.builtIn) return [];
    if (entry.kind === 'symlink') return [{ ...node, kind: 'symlink', target: entry.target }];
    if (entry.kind === 'file') {
      return [{ ...node, kind: 'file', data: entry.bytes.slice(0, entry.size) }];
    }
    if (entry.volume) return [];
    return [{ ...node, kind: 'directory' }, ...toTree(entry, node.path)];
  });
}

/** Lays a tree out in a directory; what is already there and named again is replaced. */
export function layOut(tree: FileTree, directory: DirectoryEntry): void {
  for (const { path, kind, mode, mtimeMs, data, target } of tree) {
    const parts = path.split('/').filter((part) => part !== '');
    const name = parts.pop();
    if (name === undefined || parts.includes('..') || name === '..') continue;
    const parent = parts.reduce((at, part) => directoryIn(at, part, mtimeMs), directory);
    if (kind === 'directory') Object.assign(directoryIn(parent, name, mtimeMs), { mode, mtimeMs });
    else if (kind === 'symlink') parent.entries.set(name, createLink(target ?? '', mtimeMs));
    else parent.entries.set(name, createFile(mode, mtimeMs, data?.slice()));
  }
}

function directoryIn(parent: DirectoryEntry, name: string, mtimeMs: number): DirectoryEntry {
  const there = parent.entries.get(name);
  if (there?.kind === 'directory') return there;
  const made = createDirectory(0o755, mtimeMs);
  parent.entries.set(name, made);
  return made;
}
