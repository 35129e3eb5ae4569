/** What stands in a sentence of ours may be a server's, a file's or a cloud's own words: none of it may disguise the sentence. */
import type { TextRef } from '../../preload/contract/errors.ts';
import { plainly } from './plain-text.tsx';

/** Two lists of algorithms fit in; nobody reads more. */
const longestWords = 1000;

export const plainParams = (params: TextRef['params'] = {}): NonNullable<TextRef['params']> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? plainly(value, longestWords) : value,
    ]),
  );
