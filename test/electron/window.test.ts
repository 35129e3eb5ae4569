/** The window: every protection it is made with, its place, and how it goes and comes back. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMainWindow } from '../../main/platform/electron/main-window.ts';
import { openWindow, windowOptions } from '../../main/platform/electron/window.ts';
import {
  placeWindow,
  readWindowState,
  type WindowState,
} from '../../main/platform/electron/window-state.ts';
import { createFakeElectron } from '../support/fake-electron/fake-electron.ts';
import { createTempDir, type TempDir } from '../support/temp-dir.ts';

/** Built by `npm run build`. */
const preload = resolve(import.meta.dirname, '../../out/preload/index.cjs');
const look = { preload, icon: '/icon.png', isDark: true, hasDevTools: false };
const silent = { info() {}, warn() {}, error() {} };
let temp: TempDir;

beforeEach(() => {
  temp = createTempDir('window');
});
afterEach(() => temp.remove());

test('a window is made with exactly these options', () => {
  expect(windowOptions(look, { width: 1440, height: 900 })).toEqual({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Pilothouse',
    icon: '/icon.png',
    backgroundColor: '#0b0e13',
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
      devTools: false,
      spellcheck: false,
    },
  });
});

test('a light theme has a light window, and developer tools are there only when asked for', () => {
  const options = windowOptions(
    { ...look, isDark: false, hasDevTools: true },
    { width: 1, height: 1 },
  );
  expect(options.backgroundColor).toBe('#edf1f4');
  expect(options.webPreferences?.devTools).toBe(true);
});

describe('the place of the window', () => {
  const display = { x: 0, y: 0, width: 1920, height: 1040 };
  const left = { x: -1280, y: 0, width: 1280, height: 1000 };
  const saved: WindowState = { x: -1200, y: 50, width: 1100, height: 700, isMaximized: false };
  const centred = { width: 1440, height: 900 };

  test.each([
    ['is the usual one at first', undefined, [display], centred],
    [
      'fits a small display',
      undefined,
      [{ ...display, width: 1280, height: 720 }],
      { width: 1280, height: 720 },
    ],
    ['is where it was', saved, [display, left], { x: -1200, y: 50, width: 1100, height: 700 }],
    ['is the usual one when its display is gone', saved, [display], centred],
    ['is the usual one when hardly a corner would show', { ...saved, x: 1900 }, [display], centred],
    ['is the usual one without any display', saved, [], centred],
  ])('%s', (_name, state, workAreas, place) => {
    expect(placeWindow(state, workAreas)).toEqual(place);
  });

  test.each([
    ['{', undefined],
    ['{"x":1}', undefined],
    ['{"x":"1","y":1,"width":800,"height":600,"isMaximized":false}', undefined],
    ['{"x":1,"y":1,"width":-5,"height":600,"isMaximized":false}', undefined],
    [JSON.stringify(saved), saved],
  ])('is read from %s as %o', (text, state) => {
    const file = join(temp.path, 'window.json');
    writeFileSync(file, text);
    expect(readWindowState(file)).toEqual(state);
  });

  test('is kept when the window closes, and found the next time', () => {
    const { electron, app, windows } = createFakeElectron();
    app.becomeReady();
    mkdirSync(join(temp.path, 'browser'));
    const first = openWindow(electron, look, temp.path, silent);
    first.maximize();
    first.close();
    openWindow(electron, look, temp.path, silent);
    expect(windows[1]?.options).toMatchObject({ x: 10, y: 20, width: 1440, height: 900 });
    expect((windows[1] as unknown as { isMaximized(): boolean }).isMaximized()).toBe(true);
  });

  test('that cannot be kept is said in the log, and the window closes all the same', () => {
    const { electron, app, windows } = createFakeElectron();
    app.becomeReady();
    const warn = vi.fn();
    openWindow(electron, look, join(temp.path, 'missing'), { ...silent, warn });
    windows[0]?.close();
    expect(warn).toHaveBeenCalledOnce();
    expect(windows[0]?.isDestroyed()).toBe(true);
  });
});

describe('the main window', () => {
  function start() {
    const fake = createFakeElectron();
    fake.app.becomeReady();
    fake.electron.protocol.handle('app', () => new Response('<p>'));
    const main = createMainWindow();
    const open = () => openWindow(fake.electron, look, temp.path, silent);
    const first = () => {
      const [window] = fake.windows;
      if (!window) throw new Error('no window was made');
      return window;
    };
    return { ...fake, main, open, first };
  }

  test('is shown when it has something to show, and not before', async () => {
    const { main, open, first } = start();
    const loaded = main.start(open);
    expect(first().calls).toEqual(['load app://pilothouse/index.html']);
    await loaded;
    expect(first().calls.at(-1)).toBe('show');
  });

  test('opens at the instance that was asked for before it could open', async () => {
    const { main, open, first } = start();
    main.show('own/a b');
    await main.start(open);
    expect(first().calls[0]).toBe('load app://pilothouse/index.html#/instances/own%2Fa%20b');
  });

  test('goes to an instance without loading its page anew', async () => {
    const { main, open, first } = start();
    await main.start(open);
    first().minimize();
    main.show('own/ins-1');
    expect(first().calls.slice(-3)).toEqual([
      'show',
      'focus',
      'load app://pilothouse/index.html#/instances/own%2Fins-1',
    ]);
    expect(first().webContents.loads).toBe(1);
  });

  test('is opened anew after it was closed', async () => {
    const { main, open, windows } = start();
    await main.start(open);
    windows[0]?.close();
    expect(main.current()).toBeUndefined();
    main.show();
    expect(windows).toHaveLength(2);
    expect(main.current()).toBe(windows[1]);
  });

  test('loads a page that died again, but not for ever', async () => {
    const { main, open, first } = start();
    await main.start(open);
    const die = (reason: string) =>
      first().webContents.emit('render-process-gone', {}, { reason, exitCode: 1 });
    die('crashed');
    die('crashed');
    die('crashed');
    await vi.waitFor(() => expect(first().webContents.loads).toBe(2));
  });

  test('closes whatever its page says', async () => {
    const { main, open, first } = start();
    await main.start(open);
    expect(first().webContents.mayGo('will-prevent-unload', '')).toBe(false);
  });
});
