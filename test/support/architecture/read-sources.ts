/** Every source file of the project, parsed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseSource, type SourceFile } from './parse-source.ts';

export const projectRoot = resolve(import.meta.dirname, '../../..');

export const rooms = ['main', 'preload', 'renderer', 'test'] as const;

export function readSources(directories: readonly string[] = rooms): readonly SourceFile[] {
  return directories.flatMap((directory) =>
    readdirSync(join(projectRoot, directory), { recursive: true, encoding: 'utf8' })
      .map((name) => `${directory}/${name.replaceAll('\\', '/')}`)
      .filter((path) => /\.(tsx?|mjs|cjs)$/.test(path))
      .map((path) => parseSource(path, readFileSync(join(projectRoot, path), 'utf8'))),
  );
}
