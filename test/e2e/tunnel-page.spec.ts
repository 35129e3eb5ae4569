/** The page a browser gets from a tunnel with nothing at its end: it gives way by itself once there is something. */
import { createServer } from 'node:http';
import { expect } from '../support/e2e.ts';
import { freePort } from '../support/free-port.ts';
import { closeServer, listen } from '../support/listening.ts';
import { openWithServer, serverName } from '../support/live-page.ts';
import { answerOfWeb, askForTunnel, localPort, rowOf, test } from '../support/tunnels-page.ts';

test('a browser that came too early has its page as soon as the server is there, untouched', async ({
  app,
  sshd,
  page,
  context,
}) => {
  await openWithServer(page, app, sshd);
  const dialog = await askForTunnel(page);
  const port = await freePort();
  await dialog.getByLabel('Port on the instance').fill(String(port));
  await dialog.getByLabel('Port on this machine').fill(String(await freePort()));
  await page.keyboard.press('Enter');
  const row = rowOf(page);
  await expect(row).toContainText('failed');

  const browser = await context.newPage();
  await browser.goto(`http://127.0.0.1:${await localPort(row)}/lab`);
  await expect(browser.getByRole('heading')).toHaveText(`No way through to ${serverName}`);
  await expect(browser.locator('body')).toContainText(`Nothing listens on 127.0.0.1 port ${port}`);
  await expect(browser.getByRole('link', { name: 'Try now' })).toBeVisible();

  const web = createServer((_request, response) => response.end(answerOfWeb));
  await listen(web, port);
  try {
    await expect(browser.getByText(answerOfWeb)).toBeVisible({ timeout: 45_000 });
    expect(new URL(browser.url()).pathname).toBe('/lab');
    await expect(row).toContainText('up');
  } finally {
    web.closeAllConnections();
    await closeServer(web);
  }
});
