/** The one window: hardened, where it was last time, shown when it has something to show. */
import { join } from 'node:path';
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import type { Log } from '../../core/log.ts';
import type { Electron } from './electron.ts';
import { pageUrl } from './page-address.ts';
import {
  placeWindow,
  readWindowState,
  smallestWindow,
  type WindowPlace,
  writeWindowState,
} from './window-state.ts';

/** The colours of the page's frame, so that nothing flashes before the first paint. */
const backgroundColours = { dark: '#0b0e13', light: '#edf1f4' };

/** A page that died is loaded again, but not for ever. */
const shortestLifeMs = 10_000;

export interface WindowOptions {
  readonly preload: string;
  readonly icon: string;
  readonly isDark: boolean;
  /** Off in a package. */
  readonly hasDevTools: boolean;
}

/** Every protection by its name, also where it is the default: a test reads them. */
export function windowOptions(
  { preload, icon, isDark, hasDevTools }: WindowOptions,
  place: WindowPlace,
): BrowserWindowConstructorOptions {
  return {
    ...place,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'Pilothouse',
    icon,
    backgroundColor: isDark ? backgroundColours.dark : backgroundColours.light,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      devTools: hasDevTools,
      // Its dictionaries would come from the network.
      spellcheck: false,
    },
  };
}

export function openWindow(
  electron: Pick<Electron, 'BrowserWindow' | 'screen'>,
  options: WindowOptions,
  dataDirectory: string,
  log: Log,
): BrowserWindow {
  const stateFile = join(dataDirectory, 'browser', 'window.json');
  const saved = readWindowState(stateFile);
  const place = placeWindow(saved, readWorkAreas(electron.screen));
  const window = new electron.BrowserWindow(windowOptions(options, place));
  if (saved?.isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    try {
      writeWindowState(stateFile, {
        ...window.getNormalBounds(),
        isMaximized: window.isMaximized(),
      });
    } catch (error) {
      log.warn('the place of the window was not kept', { error });
    }
  });
  reloadWhenGone(window, log);
  // A page has no say in whether its window closes.
  window.webContents.on('will-prevent-unload', (event) => event.preventDefault());
  return window;
}

/** Loads the page; an instance is named in the fragment of its address, which the page reads and may ignore. */
export async function loadPage(window: BrowserWindow, instance?: string): Promise<void> {
  const place = instance === undefined ? '' : `#/instances/${encodeURIComponent(instance)}`;
  await window.loadURL(pageUrl + place);
}

function readWorkAreas(screen: Electron['screen']) {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary, ...others].map(({ workArea }) => workArea);
}

/** Terminals and tunnels live in the core, so that a page that comes back finds them. */
function reloadWhenGone(window: BrowserWindow, log: Log): void {
  let lastGoneAt = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error('the page is gone', { reason, exitCode });
    const isAgain = performance.now() - lastGoneAt < shortestLifeMs;
    lastGoneAt = performance.now();
    if (reason !== 'clean-exit' && !isAgain) window.webContents.reload();
  });
}
