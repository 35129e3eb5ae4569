/** Electron as far as the product uses it, without Electron: strict where the real one is, and it records what it was told. */
import { EventEmitter } from 'node:events';
import type { Electron } from '../../../main/platform/electron/electron.ts';
import { createFakeApp, type FakeApp } from './fake-app.ts';
import { FakeIpcMain } from './fake-ipc-main.ts';
import { createFakeProtocol, type FakeProtocol } from './fake-protocol.ts';
import { createFakeSafeStorage, type FakeSafeStorage } from './fake-safe-storage.ts';
import { createFakeSession, type FakeSession } from './fake-session.ts';
import { forkAsNode } from './fake-utility-process.ts';
import { createFakeWindows, type FakeBrowserWindow } from './fake-window.ts';

export interface FakeElectron {
  /** What `import electron from 'electron'` gives. */
  readonly electron: Electron;
  readonly app: FakeApp;
  readonly ipcMain: FakeIpcMain;
  readonly protocol: FakeProtocol;
  readonly safeStorage: FakeSafeStorage;
  readonly session: FakeSession;
  readonly powerMonitor: EventEmitter;
  readonly windows: readonly FakeBrowserWindow[];
  /** Addresses that were opened outside, questions and failures that were shown, and the menu. */
  readonly opened: readonly string[];
  readonly questions: readonly { readonly buttons: readonly string[]; readonly detail: string }[];
  readonly errorBoxes: readonly string[];
  readonly menus: readonly unknown[];
  /** Which button the next questions are answered with. */
  answer: number;
  /** What the dialogs for folders were to offer; each is called off. */
  readonly folderDialogs: readonly unknown[];
}

export function createFakeElectron(): FakeElectron {
  const ipcMain = new FakeIpcMain();
  const windows: FakeBrowserWindow[] = [];
  const app = createFakeApp(windows);
  const protocol = createFakeProtocol(app);
  const safeStorage = createFakeSafeStorage();
  const session = createFakeSession();
  const powerMonitor = new EventEmitter();
  const opened: string[] = [];
  const questions: { buttons: string[]; detail: string }[] = [];
  const errorBoxes: string[] = [];
  const folderDialogs: unknown[] = [];
  const menus: unknown[] = [];
  const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };

  const fake = {
    app,
    ipcMain,
    protocol,
    safeStorage,
    session,
    powerMonitor,
    windows,
    opened,
    questions,
    errorBoxes,
    menus,
    answer: 0,
    folderDialogs,
  };
  const electron = {
    app,
    BrowserWindow: createFakeWindows(app, ipcMain, protocol, windows),
    dialog: {
      showMessageBox: async (...args: { buttons: string[]; detail: string }[]) => {
        questions.push(args.at(-1) ?? { buttons: [], detail: '' });
        return { response: fake.answer };
      },
      showOpenDialog: async (...args: unknown[]) => {
        folderDialogs.push(args.at(-1));
        return { canceled: true, filePaths: [] };
      },
      showErrorBox: (title: string, content: string) => errorBoxes.push(`${title}: ${content}`),
    },
    ipcMain,
    Menu: {
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu: (menu: unknown) => menus.push(menu),
    },
    nativeTheme: { shouldUseDarkColors: true },
    powerMonitor,
    protocol,
    safeStorage,
    screen: { getPrimaryDisplay: () => display, getAllDisplays: () => [display] },
    session: { defaultSession: session },
    utilityProcess: { fork: forkAsNode },
    shell: { openExternal: async (address: string) => void opened.push(address) },
  } as unknown as Electron;
  return Object.assign(fake, { electron });
}
