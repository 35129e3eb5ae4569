/** Words of a machine that need not be a friend, as they may stand in a sentence of ours. */
import { disguise } from '../../preload/contract/constants.ts';

const gaps = new RegExp(`(?:\\s|${disguise})+`, 'gu');
/** Half a character, where the cut went through one. */
const halfAtEnd = /[\ud800-\udbff]$/;

/** One line without what could disguise it, and not too long. */
export const plainWords = (text: string, longest: number): string =>
  text.replace(gaps, ' ').trim().slice(0, longest).replace(halfAtEnd, '');
