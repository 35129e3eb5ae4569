/** Of several pages on one core, the one that answers what programs ask of their terminal: two answers would be typed into the shell. */

/** The page that holds it answers; when that page goes, the next one gets it. */
const lockName = 'pilothouse-terminal-answers';

/** @returns whether it is this page */
export function createAnsweringPage(): () => boolean {
  // Absent in tests without a page, and where the page is not served securely.
  const locks = globalThis.navigator?.locks;
  if (!locks) return () => true;
  let isOurs = false;
  const held = new Promise<void>(() => {});
  locks
    .request(lockName, () => {
      isOurs = true;
      return held;
    })
    .catch(() => {
      isOurs = true;
    });
  return () => isOurs;
}
