/** The main window over its lives: wanted before it can be there, shown again, opened anew after it was closed. */
import type { BrowserWindow } from 'electron';
import { loadPage } from './window.ts';

export interface MainWindow {
  /** From now on there can be a window, and there is one; resolves when its page is loaded. */
  start(open: () => BrowserWindow): Promise<void>;
  /** Brings it to the front, at an instance when one is named. Before `start` it is remembered. */
  show(instance?: string): void;
  current(): BrowserWindow | undefined;
}

export function createMainWindow(): MainWindow {
  let wanted: string | undefined;
  let open: (() => BrowserWindow) | undefined;
  let window: BrowserWindow | undefined;

  async function openNew(openWindow: () => BrowserWindow): Promise<void> {
    const opened = openWindow();
    window = opened;
    opened.once('closed', () => {
      window = undefined;
    });
    await loadPage(opened, wanted);
    wanted = undefined;
  }

  async function bringToFront(shown: BrowserWindow, instance: string | undefined): Promise<void> {
    if (shown.isMinimized()) shown.restore();
    shown.show();
    shown.focus();
    // Only the fragment of the address differs: nothing is loaded anew.
    if (instance !== undefined) await loadPage(shown, instance);
  }

  return {
    start(openWindow) {
      open = openWindow;
      return openNew(openWindow);
    },
    show(instance) {
      if (!window) wanted = instance ?? wanted;
      if (!open) return;
      const shown = window ? bringToFront(window, instance) : openNew(open);
      // A page that does not load has said so in the window itself.
      shown.catch(() => {});
    },
    current: () => window,
  };
}
