/** An own empty page opened in the click, so that no pop-up blocker eats it, and sent on once there is somewhere to go. */
import { allowedPage } from '../ui/open-page.ts';

export interface BlankPage {
  /** Leaves for the address; it neither knows who opened it nor where it came from, and the empty page is not in its history. */
  go(url: string): void;
  close(): void;
}

const watchEveryMs = 300;

/** @returns undefined where the browser let no page open */
export function openBlankPage(
  words: { readonly title: string; readonly text: string },
  closedByHand: () => void,
): BlankPage | undefined {
  const page = window.open('', '_blank');
  if (!page) return undefined;
  const { document } = page;
  document.title = words.title;
  document.body.textContent = words.text;
  document.documentElement.style.colorScheme = 'light dark';
  document.body.style.cssText =
    'margin: 20vh auto; max-width: 34em; font: 15px system-ui; padding: 1em';

  const watch = setInterval(() => {
    if (!page.closed) return;
    clearInterval(watch);
    closedByHand();
  }, watchEveryMs);
  return {
    go(url) {
      clearInterval(watch);
      const allowed = allowedPage(url);
      if (!allowed) {
        page.close();
        return;
      }
      const link = document.createElement('a');
      link.href = allowed.href;
      link.rel = 'noreferrer';
      document.body.append(link);
      page.opener = null;
      link.click();
    },
    close() {
      clearInterval(watch);
      page.close();
    },
  };
}
