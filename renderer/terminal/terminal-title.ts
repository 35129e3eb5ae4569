/** A title that a program on the instance set, made fit to be shown: one line of plain text. */

const longestTitle = 80;

/** Control characters and marks that reorder text are left out; what is too long is cut. */
export function cleanTitle(raw: string): string {
  const plain = raw.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim();
  const characters = [...plain];
  return characters.length > longestTitle
    ? `${characters.slice(0, longestTitle - 1).join('')}…`
    : plain;
}
