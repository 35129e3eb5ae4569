/** From a path to its place in the tree, through symbolic links and onto other volumes. */
import { posix } from 'node:path';
import { FileError } from './file-error.ts';
import { type DirectoryEntry, type Entry, entriesOf, type Volume } from './file-node.ts';

/** Where something is, or would be once it is made. */
export interface Place {
  readonly parent: DirectoryEntry;
  /** Empty for the root. */
  readonly name: string;
  readonly entry: Entry | undefined;
  /** Without symbolic links. */
  readonly path: string;
  readonly volume: Volume | undefined;
}

type Trail = readonly { readonly name: string; readonly entry: Entry }[];

const maxLinks = 40;

/** @throws FileError ENOENT for a directory on the way, ENOTDIR, ELOOP; never for the last name */
export function locate(root: DirectoryEntry, path: string, followLast: boolean): Place {
  if (path.includes('\0')) throw new FileError('ENOENT', path);
  const split = (text: string) => text.split('/').filter((part) => part !== '' && part !== '.');
  let todo = split(path);
  let trail: Trail = [];
  let links = 0;
  for (;;) {
    const [name, ...rest] = todo;
    if (name === undefined) return placeOf(root, trail);
    const parent = trail.at(-1)?.entry ?? root;
    if (parent.kind !== 'directory') throw new FileError('ENOTDIR', path);
    todo = rest;
    if (name === '..') {
      trail = trail.slice(0, -1);
      continue;
    }
    const entry = entriesOf(parent).get(name);
    if (entry?.kind === 'symlink' && (followLast || rest.length > 0)) {
      links += 1;
      if (links > maxLinks) throw new FileError('ELOOP', path);
      if (entry.target.startsWith('/')) trail = [];
      todo = [...split(entry.target), ...rest];
    } else if (entry) {
      trail = [...trail, { name, entry }];
    } else {
      if (rest.length > 0) throw new FileError('ENOENT', path);
      const { path: directory, volume } = placeOf(root, trail);
      return { parent, name, entry: undefined, path: posix.join(directory, name), volume };
    }
  }
}

function placeOf(root: DirectoryEntry, trail: Trail): Place {
  const last = trail.at(-1);
  const parent = trail.at(-2)?.entry;
  return {
    parent: parent?.kind === 'directory' ? parent : root,
    name: last?.name ?? '',
    entry: last ? last.entry : root,
    path: `/${trail.map(({ name }) => name).join('/')}`,
    volume: trail
      .map(({ entry }) => (entry.kind === 'directory' ? entry.volume : undefined))
      .findLast((volume) => volume !== undefined),
  };
}
