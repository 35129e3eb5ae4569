/** The lines typed before, kept in the guest's own ~/.bash_history. */
import type { Files } from '../files/files.ts';

export interface History {
  /** Oldest first; grows. */
  readonly lines: string[];
  add(line: string): void;
}

const maxLines = 1000;

export function openHistory(files: Files, path: string): History {
  const text = files.exists(path) ? files.readText(path) : '';
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .slice(-maxLines);
  return {
    lines,
    add(line) {
      // A line that begins with a blank is not to be remembered, as in bash.
      if (line.trim() === '' || line.startsWith(' ') || line === lines.at(-1)) return;
      lines.push(line);
      try {
        files.append(path, new TextEncoder().encode(`${line.replaceAll('\n', ' ')}\n`));
      } catch {
        // A full disk costs the history, not the shell.
      }
    },
  };
}
