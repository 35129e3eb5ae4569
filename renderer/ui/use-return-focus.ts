/** Gives the keyboard back to where it was before a dialog opened. */
import { type RefObject, useEffect, useState } from 'react';

const dialog = '[role="dialog"]';

/**
 * @param origin where the keyboard was before the first of several dialogs: one that took the place of
 *   another was opened from within that one, and nothing of it is left to go back to
 * @param outside where the keyboard was last outside of dialogs and menus
 */
export function useReturnFocus(
  origin: RefObject<Element | null>,
  outside: RefObject<Element | null>,
): void {
  const [opener] = useState(() => {
    const focused = stayingPart(document.activeElement, outside.current);
    // Nowhere: the dialog before this one has only just left the page.
    if (!focused || focused === document.body) return origin.current;
    if (!focused.closest(dialog)) origin.current = focused;
    return focused;
  });
  const [former] = useState(() => outside.current);
  useEffect(() => {
    return () => {
      // Given the keyboard behind the dialog: a terminal whose turn came just as the next question was asked.
      const given = outside.current === former ? null : outside.current;
      // After the dialog has left the page.
      setTimeout(() => {
        const next = document.querySelector(dialog);
        for (const place of [given, opener, origin.current]) {
          if (document.activeElement !== document.body) break;
          if (!(place instanceof HTMLElement) || !place.isConnected) continue;
          if (!next || place.closest(dialog)) place.focus({ preventScroll: true });
        }
        if (!next) origin.current = null;
      });
    };
  }, [opener, former, origin, outside]);
}

/** The item of a menu goes with its menu; the button that opened the menu stays, or what a pointer asked a menu of. */
function stayingPart(focused: Element | null, outside: Element | null): Element | null {
  const menu = focused?.closest('[role="menu"]');
  if (!menu) return focused;
  return document.getElementById(menu.getAttribute('aria-labelledby') ?? '') ?? outside;
}
