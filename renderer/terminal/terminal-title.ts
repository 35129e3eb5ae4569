/** A title that a program on the instance set, made fit to be shown: one line of plain text. */
import { disguise } from '../../preload/contract/constants.ts';

const longestTitle = 80;
const disguisesInTitle = new RegExp(disguise, 'gu');

/** Control characters and marks that reorder text are left out; what is too long is cut. */
export function cleanTitle(raw: string): string {
  const plain = raw.replace(disguisesInTitle, '').trim();
  const characters = [...plain];
  return characters.length > longestTitle
    ? `${characters.slice(0, longestTitle - 1).join('')}…`
    : plain;
}
