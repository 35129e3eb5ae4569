/** Forwarding a port to this machine, and the page of all tunnels. */
import { createServer } from 'node:http';
import { expect, test } from '../support/e2e.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';
import { openWithServer, serverName } from '../support/live-page.ts';

test('a port in use is named and another is offered; the tunnel stops and starts on its port', async ({
  app,
  sshd,
  page,
}) => {
  const remote = createServer((_request, response) => response.end('from the instance'));
  await listen(remote);
  const remotePort = addressPort(remote);
  try {
    await openWithServer(page, app, sshd);
    await page.getByRole('button', { name: /^Tunnels/ }).click();
    await expect(page.getByText('No tunnels yet')).toBeVisible();
    await page.getByRole('button', { name: 'Go to the instances' }).click();

    await page.getByText(serverName).first().click();
    await page.getByRole('button', { name: 'Forward to my machine' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Port on the instance').fill('99999');
    await page.keyboard.press('Enter');
    await expect(dialog).toContainText('A number from 1 to 65535');
    await dialog.getByLabel('Port on the instance').fill(String(remotePort));
    await dialog.getByLabel('Port on this machine').fill(String(remotePort));
    await page.keyboard.press('Enter');
    await expect(dialog).toContainText(`Port ${remotePort} on this machine is in use`);
    await dialog.getByRole('button', { name: /^Use port \d+$/ }).click();
    await expect(dialog).toHaveCount(0);

    await page.getByRole('button', { name: /^Tunnels/ }).click();
    const row = page.getByRole('row', { name: serverName });
    await expect(row).toContainText('up');
    const local = /127\.0\.0\.1:(\d+)/.exec((await row.textContent()) ?? '')?.[0] ?? '';
    expect(await (await fetch(`http://${local}/`)).text()).toBe('from the instance');

    await row.getByRole('button', { name: 'Stop' }).click();
    await expect(row).toContainText('stopped');
    await expect(fetch(`http://${local}/`)).rejects.toThrow();
    await row.getByRole('button', { name: 'Start' }).click();
    await expect(row).toContainText('up');
    expect(await (await fetch(`http://${local}/`)).text()).toBe('from the instance');

    await row.getByRole('button', { name: `Remove ${local}` }).click();
    await expect(page.getByText('No tunnels yet')).toBeVisible();
  } finally {
    remote.closeAllConnections();
    await closeServer(remote);
  }
});
