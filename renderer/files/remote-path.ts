/** Paths on an instance: absolute, with `/` between, whatever the machine the page is on. */

/** One step of the way to a directory. */
export interface Crumb {
  readonly name: string;
  readonly path: string;
}

export function joinPath(directory: string, name: string): string {
  return directory.endsWith('/') ? directory + name : `${directory}/${name}`;
}

/** @returns undefined for the root, which has none */
export function parentPath(path: string): string | undefined {
  if (path === '/' || path === '') return undefined;
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}

/** From the root down; the root itself is the first. */
export function pathCrumbs(path: string): readonly Crumb[] {
  const crumbs: Crumb[] = [{ name: '/', path: '/' }];
  for (const name of path.split('/')) {
    if (name !== '') crumbs.push({ name, path: joinPath(crumbs.at(-1)?.path ?? '/', name) });
  }
  return crumbs;
}

/**
 * What somebody who typed a path means: `~` is the home directory, a name leads on from where one is.
 * @param home absent while it is not known: then only `~` alone leads there, as the empty path
 */
export function typedPath(text: string, from: string, home: string | undefined): string {
  const typed = text.trim();
  if (typed === '' || typed === '~') return home ?? '';
  const absolute = typed.startsWith('/')
    ? typed
    : typed.startsWith('~/') && home !== undefined
      ? joinPath(home, typed.slice(2))
      : joinPath(from, typed);
  const names: string[] = [];
  for (const name of absolute.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these would be keys, not letters, once they are typed
const notToBeTyped = /[\u0000-\u001f\u007f-\u009f]|\p{Surrogate}/u;

/** What to type into a shell to go there, left out of its history; undefined for a path that cannot be typed. */
export function changeDirectoryLine(path: string): string | undefined {
  if (notToBeTyped.test(path)) return undefined;
  return ` cd -- '${path.replaceAll("'", "'\\''")}'`;
}
