/** Electron entry: the core with one window, in the order things come to life. */
import { join, resolve } from 'node:path';
import electron from 'electron';
import envPaths from 'env-paths';
import { type Core, createCore } from './core/create-core.ts';
import { guardProcess } from './core/process-guard.ts';
import { languageOf } from './core/texts.ts';
import { contentSecurityPolicy } from './hosts/content-security-policy.ts';
import { serve } from './hosts/serve.ts';
import { receiveDeepLinks } from './platform/electron/deep-links.ts';
import { createDesktopTexts } from './platform/electron/desktop-texts.ts';
import { reportFailedStart } from './platform/electron/failed-start.ts';
import { createIpcHost } from './platform/electron/ipc-host.ts';
import {
  isDrivenFromOutside,
  placeBrowserData,
  prepareProcess,
  readDataDirectory,
} from './platform/electron/launch.ts';
import { createMainWindow } from './platform/electron/main-window.ts';
import { menuTemplate } from './platform/electron/menu.ts';
import { confineNavigation } from './platform/electron/navigation.ts';
import { denyPermissions } from './platform/electron/permissions.ts';
import { createElectronPlatform } from './platform/electron/platform.ts';
import { registerPageScheme, servePage } from './platform/electron/protocol.ts';
import { guardQuitting } from './platform/electron/quitting.ts';
import { openWindow } from './platform/electron/window.ts';

const { app, ipcMain, Menu, nativeTheme, protocol, session } = electron;
const root = resolve(import.meta.dirname, '../..');
const usualDirectory = envPaths('pilothouse', { suffix: '' }).data;
const dataDirectory = readDataDirectory(process.argv.slice(1), usualDirectory);
const mainWindow = createMainWindow();
/** Of what is never called off. */
const { signal: never } = new AbortController();

// Before Electron is ready. Nothing is awaited here: it becomes ready only when this module has run to its end.
prepareProcess(app, process.platform);
placeBrowserData(app, dataDirectory);
registerPageScheme(protocol);
app.on('session-created', denyPermissions);
app.on('web-contents-created', (_event, contents) => confineNavigation(contents));
receiveDeepLinks(app, process.argv, mainWindow.show);

if (isDrivenFromOutside(app) || !app.requestSingleInstanceLock()) app.quit();
else run().catch((error: unknown) => reportFailedStart(electron, error));

async function run(): Promise<void> {
  await app.whenReady();
  denyPermissions(session.defaultSession);
  servePage(protocol, join(root, 'out/renderer'), contentSecurityPolicy);

  const isTunnelPort = (port: number) => core.ownsPort(port);
  const platform = createElectronPlatform(electron, {
    dataDirectory,
    entries: import.meta.dirname,
    isTunnelPort,
  });
  const core: Core = await createCore(platform);
  guardProcess(core.log);
  const host = createIpcHost(ipcMain, core.log, (channel) => serve(core, channel));

  const { language, theme } = await core.handlers['settings.read']({}, never);
  const [wish] = app.getPreferredSystemLanguages();
  const texts = createDesktopTexts(language === 'system' ? languageOf(wish) : language);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(texts, process.platform)));
  const quitting = guardQuitting(electron, core, texts, mainWindow.current);

  await mainWindow.start(() => {
    const look = {
      preload: join(root, 'out/preload/index.cjs'),
      icon: join(root, 'assets/icons/pilothouse.png'),
      isDark: theme === 'system' ? nativeTheme.shouldUseDarkColors : theme === 'dark',
      hasDevTools: !app.isPackaged,
    };
    const window = openWindow(electron, look, dataDirectory, core.log);
    host.admit(window.webContents);
    if (process.platform !== 'darwin') window.on('close', quitting.onWindowClose);
    return window;
  });
}
