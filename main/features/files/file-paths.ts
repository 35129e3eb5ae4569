/** Paths on the instance: always absolute, `/` between, whatever this machine uses. */
import { posix } from 'node:path';
import type { Sftp } from './sftp.ts';

/** Whether a name from the server can be one: anything else could lead out of its directory. */
export const isName = (name: string): boolean =>
  name !== '' && name !== '.' && name !== '..' && !/[/\0]/.test(name);

export const join = (directory: string, name: string): string =>
  directory.endsWith('/') ? directory + name : `${directory}/${name}`;

export const parentOf = (path: string): string => posix.dirname(path);
export const nameOf = (path: string): string => posix.basename(path);

/** The path the server means; empty is the home directory, and what is not absolute starts there. */
export async function resolvePath(sftp: Sftp, path: string): Promise<string> {
  return sftp.realPath(path === '' ? '.' : path);
}

/** The same, and how far the server is away. */
export async function resolveTimed(
  sftp: Sftp,
  path: string,
): Promise<{ readonly root: string; readonly roundTripMs: number }> {
  const startedAt = performance.now();
  const root = await resolvePath(sftp, path);
  return { root, roundTripMs: performance.now() - startedAt };
}
