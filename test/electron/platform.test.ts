/** What Electron lends the core, and that it is given back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createElectronPlatform } from '../../main/platform/electron/platform.ts';
import { createFakeElectron } from '../support/fake-electron/fake-electron.ts';
import { createTempDir, type TempDir } from '../support/temp-dir.ts';

let temp: TempDir;
beforeEach(() => {
  temp = createTempDir('platform');
});
afterEach(() => temp.remove());

function start() {
  const fake = createFakeElectron();
  const options = {
    dataDirectory: temp.path,
    entries: temp.path,
    isTunnelPort: (port: number) => port === 8888,
  };
  return { ...fake, platform: createElectronPlatform(fake.electron, options) };
}

test('a program of ours is started, read line by line, and ended', async () => {
  writeFileSync(
    join(temp.path, 'sandbox.js'),
    "console.log('one', process.argv[2]); setInterval(() => {}, 1000);",
  );
  const child = start().platform.startProcess?.('sandbox', ['two']);
  if (!child) throw new Error('Electron can start processes');
  const ended = new Promise<void>((resolve) => child.onExit(resolve));
  const line = await new Promise((resolve) => child.onLine(resolve));
  expect(line).toBe('one two');
  child.stop();
  await ended;
});

test('word of waking comes until the platform is closed, and no listener stays behind', () => {
  const { platform, powerMonitor } = start();
  const onResume = vi.fn();
  platform.onResume(onResume);
  powerMonitor.emit('resume');
  expect(onResume).toHaveBeenCalledOnce();
  platform.close();
  powerMonitor.emit('resume');
  expect(onResume).toHaveBeenCalledOnce();
  expect(powerMonitor.listenerCount('resume')).toBe(0);
});

test('it names itself, keeps settings where it was told, and opens only what is allowed', async () => {
  const { platform, opened } = start();
  expect(platform).toMatchObject({ host: 'electron', dataDirectory: temp.path });
  platform.openSettings().write({ version: 1 });
  expect(platform.openSettings().read()).toEqual({ version: 1 });
  await platform.openExternal?.('http://127.0.0.1:8888/lab');
  await expect(platform.openExternal?.('http://127.0.0.1:9999/')).rejects.toThrow();
  expect(opened).toEqual(['http://127.0.0.1:8888/lab']);
});

test('the keychain is the one of the operating system', async () => {
  const { platform, safeStorage } = start();
  safeStorage.isAvailable = false;
  await expect(platform.keychain()).resolves.toMatchObject({ kind: 'unavailable' });
});

test("a folder to save in is asked for with the system's dialog, which can be called off", async () => {
  const { platform, ...fake } = start();
  expect(await platform.chooseFolder?.()).toBeUndefined();
  const { electron, folderDialogs } = fake;
  expect(folderDialogs).toEqual([{ properties: ['openDirectory', 'createDirectory'] }]);
  electron.dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/home/me'] });
  expect(await platform.chooseFolder?.()).toBe('/home/me');
});
