/** What lies on the data drives of a new sandbox. */
import type { FileNode, FileTree } from '../guest/guest.ts';
import type { Drive, TreeKey } from './model.ts';

const encoder = new TextEncoder();

export function seedTrees(
  drives: readonly Drive[],
  now: number,
): readonly (readonly [TreeKey, FileTree])[] {
  return drives.map(({ id, regionName }) => [`drive:${id}`, driveTree(regionName, now)]);
}

function driveTree(regionName: string, now: number): FileTree {
  const file = (path: string, text: string): FileNode => ({
    path,
    kind: 'file',
    mode: 0o644,
    mtimeMs: now,
    data: encoder.encode(text),
  });
  const directory = (path: string): FileNode => ({
    path,
    kind: 'directory',
    mode: 0o755,
    mtimeMs: now,
  });
  return [
    file(
      '/README.txt',
      `The data drive of ${regionName}, simulated by the sandbox.\nIt outlives every instance and is part of no snapshot.\n`,
    ),
    directory('/datasets'),
    file('/datasets/captions.csv', 'image,caption\n0001.png,a lighthouse at dusk\n0002.png,港口\n'),
  ];
}
