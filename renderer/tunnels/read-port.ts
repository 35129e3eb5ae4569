/** What was typed into a port field, as a port. */

const largestPort = 65_535;

/** @returns undefined for anything that is not a whole number from 1 to 65535 */
export function readPort(typed: string | number): number | undefined {
  const port = typeof typed === 'number' ? typed : /^\d{1,5}$/.test(typed) ? Number(typed) : 0;
  return Number.isInteger(port) && port >= 1 && port <= largestPort ? port : undefined;
}
