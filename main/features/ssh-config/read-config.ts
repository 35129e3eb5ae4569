/** Reads OpenSSH's configuration files with all they include, as a tree of lines: nothing of it is judged yet. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { TextRef } from '../../../preload/contract/errors.ts';
import { type ConfigLine, type ParsedConfig, parseConfigText } from './config-lines.ts';
import { findFiles } from './find-files.ts';
import { type HostPatterns, hostPatterns } from './host-pattern.ts';

/** An Include stands for the files it names, in their order; the others for themselves. */
export type ConfigNode =
  | { readonly kind: 'line'; readonly line: ConfigLine }
  | { readonly kind: 'host'; readonly patterns: HostPatterns }
  | { readonly kind: 'include'; readonly files: readonly (readonly ConfigNode[])[] };

export interface ConfigTree {
  /** The operator's file first, then the system's: the first value wins. */
  readonly files: readonly (readonly ConfigNode[])[];
  /** Paths of the files that were read. */
  readonly paths: readonly string[];
  /** Files and directories that change it when they change, there or not. */
  readonly watched: readonly string[];
  readonly problems: readonly TextRef[];
}

export interface ConfigPlaces {
  readonly homeDirectory: string;
  /** `/etc/ssh` on this system. */
  readonly systemDirectory: string;
  /** A file that is left out wherever it is included: our own. */
  readonly leftOut: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const maxDepth = 16;
const maxBytes = 1024 * 1024;
const maxFiles = 256;
/** Words of all Include lines together; one may name a whole directory. */
const maxIncludes = 4096;

export function readConfig(places: ConfigPlaces): ConfigTree {
  const userDirectory = join(places.homeDirectory, '.ssh');
  const paths: string[] = [];
  const watched = new Set<string>();
  const problems: TextRef[] = [];
  const leftOut = realPath(places.leftOut);
  let includes = 0;
  /** By path: a file that includes itself is parsed once. */
  const parsedFiles = new Map<string, ParsedConfig>();

  function readFile(path: string, home: string, depth: number): readonly ConfigNode[] {
    watched.add(path);
    if (realPath(path) === leftOut) return [];
    if (depth > maxDepth || paths.length >= maxFiles) {
      problems.push({ id: 'config-include-too-deep', params: { file: path } });
      return [];
    }
    // OpenSSH trusts the system's own file whoever may write it; everything else it checks.
    const text = readText(path, depth > 0 || home === userDirectory, problems);
    if (text === undefined) return [];
    paths.push(path);
    const parsed = parsedFiles.get(path) ?? parseConfigText(text, path);
    parsedFiles.set(path, parsed);
    problems.push(...parsed.problems);
    return parsed.lines.map((line) => {
      const { keyword, words } = line;
      if (keyword === 'host') return { kind: 'host', patterns: hostPatterns(words) };
      if (keyword !== 'include') return { kind: 'line', line };
      return { kind: 'include', files: words.flatMap((word) => include(word, line, home, depth)) };
    });
  }

  function include(
    word: string,
    line: ConfigLine,
    home: string,
    depth: number,
  ): readonly (readonly ConfigNode[])[] {
    includes += 1;
    if (includes > maxIncludes) {
      if (includes === maxIncludes + 1) {
        const params = { file: line.file, limit: maxIncludes };
        problems.push({ id: 'config-include-too-many', params });
      }
      return [];
    }
    const path = includedPath(word, home, places);
    if (path === undefined) {
      const params = { file: line.file, line: line.number };
      problems.push({ id: 'config-include-unclear', params });
      return [];
    }
    watched.add(path);
    const found = findFiles(path, (directory) => watched.add(directory));
    return found.map((file) => readFile(file, home, depth + 1));
  }

  const files = [
    readFile(join(userDirectory, 'config'), userDirectory, 0),
    readFile(join(places.systemDirectory, 'ssh_config'), places.systemDirectory, 0),
  ];
  return { files, paths: [...new Set(paths)], watched: [...watched], problems: unique(problems) };
}

/** @returns undefined where OpenSSH would refuse it */
function includedPath(
  word: string,
  home: string,
  { homeDirectory, systemDirectory, environment }: ConfigPlaces,
): string | undefined {
  let unknown = false;
  const path = word.replace(/\$\{(\w+)\}/g, (_match, name: string) => {
    unknown ||= environment[name] === undefined;
    return environment[name] ?? '';
  });
  if (unknown || path === '') return undefined;
  if (/^~([\\/]|$)/.test(path)) {
    return home === systemDirectory ? undefined : join(homeDirectory, path.slice(1));
  }
  if (path.startsWith('~')) return undefined;
  return isAbsolute(path) ? path : join(home, path);
}

/** @returns undefined when there is no such file, or none that can be used: then it is said why */
function readText(path: string, checked: boolean, problems: TextRef[]): string | undefined {
  try {
    const file = statSync(path);
    const { size, mode, uid } = file;
    const isOurs = uid === 0 || uid === process.getuid?.();
    if (checked && process.platform !== 'win32' && ((mode & 0o022) !== 0 || !isOurs)) {
      problems.push({ id: 'config-file-permissions', params: { file: path } });
      return undefined;
    }
    if (size > maxBytes) {
      problems.push({ id: 'config-file-too-large', params: { file: path } });
      return undefined;
    }
    // A pipe or a device might never end.
    const text = file.isFile() ? readFileSync(path, 'utf8') : '\0';
    if (!text.includes('\0')) return text;
    problems.push({ id: 'config-file-not-text', params: { file: path } });
  } catch (error) {
    const { code = 'EIO' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    problems.push({ id: 'config-file-unreadable', params: { file: path, code } });
  }
  return undefined;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** A file included twice has its problems once. */
const unique = (problems: readonly TextRef[]): readonly TextRef[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];
