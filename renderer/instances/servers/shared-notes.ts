/** What is said of every host alike is said once, and not at each. */
import type { ConfigHost } from '../../../preload/contract/ssh.ts';

type Note = ConfigHost['notes'][number];

/** @returns the notes that each of several hosts has; of a single one there is nothing to share */
export function sharedNotes(
  hosts: readonly Pick<ConfigHost, 'notes' | 'usable'>[],
): readonly Note[] {
  const [first, ...others] = hosts.filter(({ usable }) => usable);
  if (!first || others.length === 0) return [];
  return first.notes.filter((note) => others.every(({ notes }) => isAmong(notes, note)));
}

export function isAmong(notes: readonly Note[], note: Note): boolean {
  const wanted = JSON.stringify(note);
  return notes.some((other) => JSON.stringify(other) === wanted);
}
