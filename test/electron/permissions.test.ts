/** What the page is granted: putting text on the clipboard. Everything else, and everybody else, is refused. */
import { expect, test } from 'vitest';
import { denyPermissions } from '../../main/platform/electron/permissions.ts';
import { createFakeElectron } from '../support/fake-electron/fake-electron.ts';

/** As Electron 45 names them. */
const refused = [
  'clipboard-read',
  'deprecated-sync-clipboard-read',
  'display-capture',
  'fileSystem',
  'fullscreen',
  'geolocation',
  'hid',
  'idle-detection',
  'keyboardLock',
  'local-fonts',
  'local-network-access',
  'loopback-network',
  'media',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'notifications',
  'openExternal',
  'persistent-storage',
  'pointerLock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'unknown',
];

function openSession() {
  const { electron, session } = createFakeElectron();
  denyPermissions(electron.session.defaultSession);
  return session;
}

test('our page may put text on the clipboard', async () => {
  const session = openSession();
  expect(session.checks('clipboard-sanitized-write', 'app://pilothouse/')).toBe(true);
  await expect(
    session.requests('clipboard-sanitized-write', 'app://pilothouse/index.html'),
  ).resolves.toBe(true);
});

test.each(['https://example.com/', 'app://pilothouse.evil/', 'null', ''])(
  'a page of %j may not',
  async (origin) => {
    const session = openSession();
    expect(session.checks('clipboard-sanitized-write', origin)).toBe(false);
    await expect(session.requests('clipboard-sanitized-write', origin)).resolves.toBe(false);
  },
);

test.each(refused)('our own page is refused %s', async (permission) => {
  const session = openSession();
  expect(session.checks(permission, 'app://pilothouse/')).toBe(false);
  await expect(session.requests(permission, 'app://pilothouse/')).resolves.toBe(false);
});

test('no device is ever given', () => {
  expect(openSession().allowsDevice()).toBe(false);
});
