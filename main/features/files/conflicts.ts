/** What to do with files whose names are taken: asked once for each, or once for all of them. */
import type { ConflictChoice } from '../../../preload/contract/files.ts';
import type { Transfer } from './transfer.ts';

export interface Side {
  readonly size: number;
  readonly modifiedAt: string;
  readonly kind: 'file' | 'directory' | 'link' | 'other';
}

export interface Taken {
  readonly path: string;
  readonly there: Side;
  readonly ours: Side;
}

/** A file is gone on with when the other end may be its beginning; nothing takes a directory's place. */
function choicesFor({ there, ours }: Taken): readonly ConflictChoice[] {
  if (there.kind !== 'file') return ['skip', 'keep-both'];
  const mayBeBeginning = there.size > 0 && there.size < ours.size;
  return mayBeBeginning
    ? ['overwrite', 'skip', 'keep-both', 'resume']
    : ['overwrite', 'skip', 'keep-both'];
}

/** @throws CloudError when the transfer ends first */
export async function decide(
  transfer: Transfer,
  taken: readonly Taken[],
): Promise<ReadonlyMap<string, ConflictChoice>> {
  const decided = new Map<string, ConflictChoice>();
  for (const one of taken) {
    if (decided.has(one.path)) continue;
    const about = {
      path: one.path,
      there: { size: one.there.size, modifiedAt: one.there.modifiedAt },
      ours: { size: one.ours.size, modifiedAt: one.ours.modifiedAt },
      choices: choicesFor(one),
    };
    const { choice, forAll } = await transfer.ask(about, taken.length - decided.size);
    decided.set(one.path, choice);
    if (!forAll) continue;
    for (const other of taken) {
      // Where the choice makes no sense it is asked again.
      if (!decided.has(other.path) && choicesFor(other).includes(choice)) {
        decided.set(other.path, choice);
      }
    }
  }
  return decided;
}

/** `model.tar.gz` → `model (2).tar.gz`: the first that is free. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  const [, stem = name, ending = ''] = /^(.+?)((?:\.tar)?\.[^.]+)$/.exec(name) ?? [];
  for (let number = 2; ; number += 1) {
    const candidate = `${stem} (${number})${ending}`;
    if (!isTaken(candidate)) return candidate;
  }
}
