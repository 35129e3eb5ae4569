/** What one guest changed on a shared data drive, brought to what others made of it meanwhile. */
import type { FileNode, FileTree } from '../guest/guest.ts';

/**
 * @param base what the guest saw when it last agreed with the drive
 * @param mine what it has now
 * @param theirs what the drive has now
 */
export function mergeTrees(base: FileTree, mine: FileTree, theirs: FileTree): FileTree {
  const before = byPath(base);
  const merged = byPath(theirs);
  const kept = byPath(mine);
  for (const path of before.keys()) if (!kept.has(path)) merged.delete(path);
  for (const node of mine) {
    const known = before.get(node.path);
    if (!known || !isSame(known, node)) merged.set(node.path, node);
  }
  return [...merged.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

const byPath = (tree: FileTree) => new Map(tree.map((node) => [node.path, node]));

function isSame(one: FileNode, other: FileNode): boolean {
  return (
    one.kind === other.kind &&
    one.mode === other.mode &&
    one.target === other.target &&
    sameBytes(one.data, other.data)
  );
}

function sameBytes(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (!one || !other) return one === other;
  return Buffer.compare(one, other) === 0;
}

export function treeBytes(tree: FileTree): number {
  return tree.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
}
