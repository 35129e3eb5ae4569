/** Of several pages on one core, the one that answers what programs ask of their terminal or of the clipboard: two answers would be typed into the shell, two questions put to one person. */

/** The page that has it answers; one that is not looked at may be too slow for a program that waits. */
const lockName = 'pilothouse-terminal-answers';

/** @returns whether it is this page: the one looked at last or, when that goes, another */
export function createAnsweringPage(): () => boolean {
  // Absent in tests without a page, and where the page is not served securely.
  const locks = globalThis.navigator?.locks;
  if (!locks) return () => true;
  let isOurs = false;
  const take = (steal: boolean) => {
    locks
      .request(lockName, { steal }, () => {
        isOurs = true;
        return new Promise<void>(() => {});
      })
      .catch((error: unknown) => {
        const isStolen = error instanceof DOMException && error.name === 'AbortError';
        isOurs = !isStolen;
        if (isStolen) take(false);
      });
  };
  take(document.hasFocus());
  window.addEventListener('focus', () => {
    if (!isOurs) take(true);
  });
  return () => isOurs;
}
