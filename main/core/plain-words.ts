/** Words of a machine that need not be a friend, as they may stand in a sentence of ours. */

/** Invisible, or able to show a sentence as another. */
const disguises = /[\s\p{Cc}\p{Cf}]+/gu;
/** Half a character, where the cut went through one. */
const halfAtEnd = /[\ud800-\udbff]$/;

/** One line without what could disguise it, and not too long. */
export const plainWords = (text: string, longest: number): string =>
  text.replace(disguises, ' ').trim().slice(0, longest).replace(halfAtEnd, '');
