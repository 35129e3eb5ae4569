/** A key about to be made, and what is still wrong with it. */

export interface KeyDraft {
  readonly name: string;
  readonly comment: string;
  readonly passphrase: string;
  readonly again: string;
}

/** Field → key of the reason under `ssh:makeKey.problem`. */
export type KeyProblems = Readonly<Partial<Record<'name' | 'again', string>>>;

/** What the contract allows as a file's name. */
const fileName = /^[\w.@+-]{1,100}$/;

/** @param taken names of keys that are there: none is written over */
export function freshKeyDraft(taken: readonly string[]): KeyDraft {
  const base = 'pilothouse_ed25519';
  let name = base;
  for (let number = 2; taken.includes(name); number += 1) name = `${base}_${number}`;
  return { name, comment: '', passphrase: '', again: '' };
}

export function problemsOfKey(draft: KeyDraft, taken: readonly string[]): KeyProblems {
  const name = draft.name.trim();
  return {
    ...(!fileName.test(name) && { name: 'nameInvalid' }),
    ...(taken.includes(name) && { name: 'nameTaken' }),
    ...(draft.passphrase !== draft.again && { again: 'differs' }),
  };
}
