/** What the cloud says no to, with the reason as a sentence. */

export type RefusalKind =
  | 'invalid'
  | 'not-found'
  | 'wrong-state'
  | 'quota'
  | 'out-of-stock'
  | 'out-of-credit';

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;

  constructor(kind: RefusalKind, sentence: string) {
    super(sentence);
    this.kind = kind;
  }
}

/** @throws Refusal not-found, naming what there is none of */
export function found<Value>(value: Value | null | undefined, what: string, id: string): Value {
  if (value === null || value === undefined) {
    throw new Refusal('not-found', `There is no ${what} ${JSON.stringify(id)}.`);
  }
  return value;
}
