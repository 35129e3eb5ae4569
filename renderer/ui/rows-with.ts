/** Which rows of a long list are drawn: those that are seen, and the one the keyboard is on, however far away. */
import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';

/** @param at index of the row that stays; negative: none */
export const rowsWith =
  (at: number) =>
  (range: Range): number[] => {
    const indexes = defaultRangeExtractor(range);
    if (at < 0 || indexes.includes(at)) return indexes;
    return [...indexes, at].sort((a, b) => a - b);
  };
