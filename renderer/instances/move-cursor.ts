/** Where a key takes the table's cursor. */

const pageKeys = { PageDown: 1, PageUp: -1 } as const;
const stepKeys = { ArrowDown: 1, ArrowUp: -1 } as const;

/**
 * @param at row the cursor is on; -1 = on none yet
 * @returns the row it goes to, or undefined when the key moves nothing
 */
export function moveCursor(
  key: string,
  at: number,
  count: number,
  rowsPerPage: number,
): number | undefined {
  if (count === 0) return undefined;
  const within = (index: number) => Math.max(0, Math.min(count - 1, index));
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (key in stepKeys) {
    return at < 0 ? 0 : within(at + stepKeys[key as keyof typeof stepKeys]);
  }
  if (key in pageKeys) {
    return within(
      Math.max(0, at) + pageKeys[key as keyof typeof pageKeys] * Math.max(1, rowsPerPage),
    );
  }
  return undefined;
}
