/** Tells when files change that other programs write: by the system's own word where it gives one, and by looking. */
import { existsSync, type FSWatcher, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';

export interface FileWatch {
  /** From now on these are looked at, there or not; files and directories. */
  follow(paths: readonly string[]): void;
  close(): void;
}

/** Editors write a file in several steps. */
const settleMs = 150;
/** The system may say nothing: network drives, replaced directories, too many watches. */
const lookEveryMs = 3000;

export function watchFiles(onChange: () => void): FileWatch {
  let followed: readonly string[] = [];
  let seen = '';
  let watchers = new Map<string, FSWatcher>();
  let settling: NodeJS.Timeout | undefined;

  const look = () => {
    settling = undefined;
    const now = signatureOf(followed);
    if (now === seen) return;
    seen = now;
    onChange();
  };
  const lookSoon = () => {
    settling ??= setTimeout(look, settleMs).unref();
  };
  /** Directories, because a file that is replaced takes its own watch along. */
  const renewWatchers = () => {
    const wanted = new Set(followed.map(dirname).concat(followed.filter(isDirectory)));
    const next = new Map<string, FSWatcher>();
    for (const directory of wanted) {
      const watcher = watchers.get(directory) ?? tryWatch(directory, lookSoon);
      if (watcher) next.set(directory, watcher);
    }
    for (const [directory, watcher] of watchers) if (!next.has(directory)) watcher.close();
    watchers = next;
  };
  const looking = setInterval(look, lookEveryMs).unref();

  return {
    follow(paths) {
      followed = paths;
      seen = signatureOf(followed);
      renewWatchers();
    },
    close() {
      clearInterval(looking);
      clearTimeout(settling);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

function tryWatch(directory: string, onEvent: () => void): FSWatcher | undefined {
  if (!existsSync(directory)) return undefined;
  try {
    const watcher = watch(directory, { persistent: false }, onEvent);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}

const signatureOf = (paths: readonly string[]): string =>
  paths
    .map((path) => {
      const { mtimeMs, size, ino, mode } = statSafely(path) ?? {};
      return `${mtimeMs} ${size} ${ino} ${mode}`;
    })
    .join('\n');

const isDirectory = (path: string): boolean => statSafely(path)?.isDirectory() ?? false;

function statSafely(path: string) {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
