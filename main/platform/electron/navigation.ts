/** Where a page may go: to itself. No other address, no frame, no window, no webview. */
import type { WebContents } from 'electron';
import { isOwnAddress } from './page-address.ts';

interface Navigation {
  readonly url: string;
  readonly isMainFrame: boolean;
  preventDefault(): void;
}

function refuseForeign(navigation: Navigation): void {
  if (!navigation.isMainFrame || !isOwnAddress(navigation.url)) navigation.preventDefault();
}

/** For every web contents that is ever made, ours or not. */
export function confineNavigation(contents: WebContents): void {
  contents.on('will-navigate', refuseForeign);
  contents.on('will-redirect', refuseForeign);
  contents.on('will-frame-navigate', refuseForeign);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
