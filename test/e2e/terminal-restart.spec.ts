/** Terminals over a restart of the product: there again as they stood, and connected when a person asks. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openTerminal, typeLine } from '../support/app-page.ts';
import { expect, test } from '../support/e2e.ts';
import { expectRow, expectScreen, openWithServer, serverName } from '../support/live-page.ts';
import { createTempDir } from '../support/temp-dir.ts';
import { startWebApp } from '../support/web-app.ts';

test('a terminal is there again with its screen, and a new shell stands below it', async ({
  app: { home },
  sshd,
  page,
}) => {
  const data = createTempDir('restart');
  const first = await startWebApp({ dataDir: data.path, home });
  const client = await openWithServer(page, first, sshd);
  await client.call('settings.change', { terminal: { keepScreens: true } });
  await openTerminal(page, serverName);
  await typeLine(page, "PS1='$ '; clear; echo epoch-$((3+4))");
  await expectRow(page, 'epoch-7');
  await page.goto('about:blank');
  // What the page says as it goes is on its way.
  const screens = join(data.path, 'screens');
  await expect.poll(() => (existsSync(screens) ? readdirSync(screens) : [])).toHaveLength(1);
  await first.stop();

  const second = await startWebApp({ dataDir: data.path, home });
  await page.goto(second.url);
  await expect(page.getByText('This terminal was open before the restart.')).toBeVisible();
  await expectRow(page, 'epoch-7');
  await page.getByRole('button', { name: 'Reconnect' }).click();
  await page.getByRole('tab', { name: `${serverName} open` }).waitFor();
  await page.locator('.xterm-helper-textarea').focus();
  await typeLine(page, 'echo back-$((40+2))');
  await expectScreen(page, (rows) => rows.includes('back-42'));
  await second.stop();
  data.remove();
});
