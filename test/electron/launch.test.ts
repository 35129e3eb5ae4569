/** What is settled before Electron is ready. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  isDrivenFromOutside,
  placeBrowserData,
  prepareProcess,
  readDataDirectory,
} from '../../main/platform/electron/launch.ts';
import { openSettingsStore } from '../../main/platform/electron/settings-store.ts';
import { createNodePlatform } from '../../main/platform/node/platform.ts';
import { createFakeElectron } from '../support/fake-electron/fake-electron.ts';
import { createTempDir, type TempDir } from '../support/temp-dir.ts';

let temp: TempDir;
beforeEach(() => {
  temp = createTempDir('launch');
});
afterEach(() => temp.remove());

test.each([
  [[], '/usual'],
  [['.'], '/usual'],
  [['.', '--data-dir', '/mine'], '/mine'],
  [['--data-dir=/mine', 'pilothouse://open/a/b'], '/mine'],
  [['--remote-debugging-port=0', '--data-dir=/mine', '--unknown'], '/mine'],
  [['--data-dir', 'here'], resolve('here')],
  [['--data-dir'], '/usual'],
  [['--data-dir='], '/usual'],
])('%j means the directory %s', (args, directory) => {
  expect(readDataDirectory(args, '/usual')).toBe(directory);
});

test('every renderer is in the sandbox, and Wayland has its input methods', () => {
  const linux = createFakeElectron();
  prepareProcess(linux.electron.app, 'linux');
  expect(linux.app.isSandboxed).toBe(true);
  expect([...linux.app.switches]).toEqual([
    ['enable-wayland-ime', ''],
    ['wayland-text-input-version', '3'],
  ]);
  const mac = createFakeElectron();
  prepareProcess(mac.electron.app, 'darwin');
  expect(mac.app.isSandboxed).toBe(true);
  expect(mac.app.switches.size).toBe(0);
});

test('the browser keeps its files in a directory of their own that only the owner reads', () => {
  const { electron, app } = createFakeElectron();
  placeBrowserData(electron.app, join(temp.path, 'data'));
  const directory = join(temp.path, 'data/browser');
  expect([...app.paths]).toEqual([
    ['userData', directory],
    ['sessionData', directory],
  ]);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
});

test.each(['remote-debugging-port', 'remote-debugging-pipe'])(
  'a package that was started with %s does not run',
  (name) => {
    const { electron, app } = createFakeElectron();
    expect(isDrivenFromOutside(electron.app)).toBe(false);
    electron.app.commandLine.appendSwitch(name, '9222');
    expect(isDrivenFromOutside(electron.app)).toBe(false);
    app.isPackaged = true;
    expect(isDrivenFromOutside(electron.app)).toBe(true);
  },
);

test('both hosts keep one and the same settings file, readable by its owner only', () => {
  const document = { version: 1, accounts: [{ id: 'a', name: '語音.x' }] };
  openSettingsStore(temp.path).write(document);
  const node = createNodePlatform({ dataDirectory: temp.path, version: '0' });
  expect(node.openSettings().read()).toEqual(document);
  expect(statSync(join(temp.path, 'settings.json')).mode & 0o777).toBe(0o600);
  node.openSettings().write({ version: 1 });
  expect(openSettingsStore(temp.path).read()).toEqual({ version: 1 });
});

test('a settings file that cannot be parsed is not overwritten but said', () => {
  const file = join(temp.path, 'settings.json');
  writeFileSync(file, '{"version":');
  expect(() => openSettingsStore(temp.path)).toThrow(SyntaxError);
  expect(readFileSync(file, 'utf8')).toBe('{"version":');
});
