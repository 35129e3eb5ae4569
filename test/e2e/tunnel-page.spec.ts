/** The page a browser gets from a tunnel that is not up: it says what is the matter and what to do, and gives way by itself. */
import { createServer } from 'node:http';
import { isRoot } from '../support/account.ts';
import { expect } from '../support/e2e.ts';
import { freePort } from '../support/free-port.ts';
import { closeServer, listen } from '../support/listening.ts';
import { openWithServer, serverName } from '../support/live-page.ts';
import { startSshd } from '../support/sshd.ts';
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

test('a browser at a tunnel that needs an answer is told so, and goes on once it was given', async ({
  app,
  web,
  page,
  context,
}) => {
  test.skip(!isRoot, 'only root can make accounts with passwords');
  const sshd = await startSshd({ config: ['UsePAM no'] });
  try {
    await openWithServer(page, app, sshd);
    const asked = await askForTunnel(page);
    await asked.getByLabel('Port on the instance').fill(String(web.port));
    await asked.getByLabel('Port on this machine').fill(String(await freePort()));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Trust' }).click();
    const question = page.getByRole('dialog', { name: 'Password' });
    await question.waitFor();
    await page.keyboard.press('Escape');
    const row = rowOf(page);
    await expect(row).toContainText('needs you');

    const browser = await context.newPage();
    await browser.goto(`http://127.0.0.1:${await localPort(row)}/lab`);
    await expect(browser.getByRole('heading')).toHaveText(`${serverName} needs an answer from you`);
    const words = browser.locator('body');
    await expect(words).toContainText('The tunnel does not come back by itself');
    await expect(words).toContainText('press Answer on this tunnel.');
    await expect(browser.getByRole('link', { name: 'Look again' })).toBeVisible();

    await page.bringToFront();
    await row.getByRole('button', { name: 'Answer…' }).click();
    await question.locator('input[type=password]').fill(sshd.password);
    await page.keyboard.press('Enter');
    await expect(browser.getByText(answerOfWeb)).toBeVisible({ timeout: 45_000 });
  } finally {
    await sshd.stop();
  }
});
