/** Where a page may go, and which address is ours. */
import { describe, expect, test } from 'vitest';
import { confineNavigation } from '../../main/platform/electron/navigation.ts';
import { isOwnAddress } from '../../main/platform/electron/page-address.ts';
import { createFakeElectron } from '../support/fake-electron/fake-electron.ts';

const own = [
  'app://pilothouse/',
  'app://pilothouse',
  'app://pilothouse/index.html',
  'app://pilothouse/index.html#/instances/a%2Fb',
];

const foreign = [
  'https://example.com/',
  'http://127.0.0.1:8888/',
  'app://pilothouse.example/',
  'app://pilothouse.evil/index.html',
  'app://pilothouse@evil/',
  'app://evil@pilothouse/',
  'app://pilothouse:8080/',
  'app://evil/pilothouse',
  'app:pilothouse',
  'app:\\\\pilothouse\\',
  'app2://pilothouse/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'blob:app://pilothouse/0f1e',
  'about:blank',
  'chrome://gpu',
  'not an address',
  '',
];

test.each(own)('%s is ours', (address) => {
  expect(isOwnAddress(address)).toBe(true);
});

test.each(foreign)('%j is not ours', (address) => {
  expect(isOwnAddress(address)).toBe(false);
});

describe('a page in any window', () => {
  async function openContents() {
    const { electron, app, protocol, windows } = createFakeElectron();
    app.on('web-contents-created', (_event, contents) => confineNavigation(contents));
    app.becomeReady();
    electron.protocol.handle('app', () => new Response('<p>'));
    new electron.BrowserWindow({});
    await protocol.request('app://pilothouse/');
    const [window] = windows;
    if (!window) throw new Error('no window was made');
    return window.webContents;
  }

  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    '%s goes to its own address and nowhere else',
    async (event) => {
      const contents = await openContents();
      for (const address of own) expect(contents.mayGo(event, address), address).toBe(true);
      for (const address of foreign) expect(contents.mayGo(event, address), address).toBe(false);
    },
  );

  test('has no frames, not even of its own', async () => {
    const contents = await openContents();
    expect(contents.mayGo('will-frame-navigate', 'app://pilothouse/', false)).toBe(false);
  });

  test('opens no window and attaches no webview', async () => {
    const contents = await openContents();
    for (const address of [...own, ...foreign]) expect(contents.mayOpen(address)).toBe(false);
    expect(contents.mayGo('will-attach-webview', 'app://pilothouse/')).toBe(false);
  });
});
