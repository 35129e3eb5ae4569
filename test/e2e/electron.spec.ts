/** The real Electron, where its binary is: the window opens on our page, which has the bridge and nothing of Node. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { _electron, expect, test } from '@playwright/test';
import type { Bridge } from '../../preload/contract/bridge.ts';
import { createTempDir } from '../support/temp-dir.ts';

const root = resolve(import.meta.dirname, '../..');
/** A script of the build, without types. */
const finder = pathToFileURL(join(root, 'build/electron-binary.mjs')).href;
interface ElectronBinary {
  readonly fetchElectronCommand: string;
  findElectronBinary(): string | undefined;
}

test('the desktop application opens its window and answers hello', async () => {
  // By its file only: asking the electron package would download it.
  const { fetchElectronCommand, findElectronBinary }: ElectronBinary = await import(finder);
  const reason = `Electron's binary is not here: ${fetchElectronCommand} fetches it`;
  test.skip(findElectronBinary() === undefined, reason);

  const temp = createTempDir('electron');
  const home = join(temp.path, 'home');
  const dataDirectory = join(temp.path, 'data');
  mkdirSync(home);
  const { ELECTRON_OVERRIDE_DIST_PATH: _none, ...environment } = process.env;
  const app = await _electron.launch({
    args: ['.', '--data-dir', dataDirectory],
    cwd: root,
    env: { ...environment, HOME: home } as Record<string, string>,
  });
  try {
    const page = await app.firstWindow();
    await expect(page).toHaveTitle('Pilothouse');
    expect(page.url()).toMatch(/^app:\/\/pilothouse\/index\.html/);
    const found = await page.evaluate(() => ({
      bridge: Object.keys((globalThis as { pilothouse?: object }).pilothouse ?? {}).sort(),
      frozen: Object.isFrozen((globalThis as { pilothouse?: object }).pilothouse),
      node: [typeof globalThis.require, typeof globalThis.process, typeof globalThis.Buffer],
    }));
    expect(found).toEqual({
      bridge: ['onFrame', 'send'],
      frozen: true,
      node: ['undefined', 'undefined', 'undefined'],
    });

    // From here on the page hears nothing itself: the bridge has one handler.
    const hello = await page.evaluate(
      () =>
        new Promise((done) => {
          const { pilothouse } = globalThis as unknown as { pilothouse: Bridge };
          pilothouse.onFrame((frame) => {
            const message = JSON.parse(String(frame));
            if (message.id === 1_000_000) done(message.value);
          });
          const question = { type: 'call', id: 1_000_000, name: 'app.hello', args: {} };
          pilothouse.send(JSON.stringify(question));
        }),
    );
    expect(hello).toMatchObject({ product: 'Pilothouse', host: 'electron', dataDirectory });

    const permission = await page.evaluate(() =>
      navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state),
    );
    expect(permission).toBe('denied');
  } finally {
    await app.close();
    temp.remove();
  }
});
