/** The page of all tunnels: a tunnel keeps its port, its breaks are seen, and it is found by its name. */
import { createServer } from 'node:http';
import { expect } from '../support/e2e.ts';
import { freePort } from '../support/free-port.ts';
import { closeServer, listen } from '../support/listening.ts';
import { openWithServer, serverName } from '../support/live-page.ts';
import {
  answerOfWeb,
  askForTunnel,
  localPort,
  rowOf,
  showTunnels,
  test,
  textAt,
} from '../support/tunnels-page.ts';

test('a port in use is named and another is offered; the tunnel stops and starts on its port', async ({
  app,
  sshd,
  page,
  web,
}) => {
  const remotePort = web.port;
  await openWithServer(page, app, sshd);
  await showTunnels(page);
  await expect(page.getByText('No tunnels yet')).toBeVisible();
  await page.getByRole('button', { name: 'Go to the instances' }).click();

  await page.getByText(serverName).first().click();
  await page.getByRole('button', { name: 'New tunnel…' }).click();
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

  const detail = page.getByRole('region', { name: /Details of/ });
  await expect(detail.getByRole('list', { name: 'Tunnels' })).toContainText('up');

  await showTunnels(page);
  const row = rowOf(page);
  await expect(row).toContainText('up');
  const port = await localPort(row);
  expect(await textAt(port)).toBe(answerOfWeb);

  await row.getByRole('button', { name: 'Stop' }).click();
  await expect(row).toContainText('stopped');
  await expect(textAt(port)).rejects.toThrow();
  await row.focus();
  await page.keyboard.press('Delete');
  const asked = page.getByRole('dialog', { name: 'Remove this tunnel?' });
  await expect(asked).toContainText('are forgotten');
  await page.keyboard.press('Escape');
  await row.getByRole('button', { name: 'Start' }).click();
  await expect(row).toContainText('up');
  expect(await textAt(port)).toBe(answerOfWeb);

  await row.focus();
  await page.keyboard.press('Delete');
  await expect(asked.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await asked.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('No tunnels yet')).toBeVisible();
});

test('a port stolen while the tunnel was stopped is offered in exchange for another, and that is kept', async ({
  app,
  sshd,
  page,
  web,
}) => {
  const client = await openWithServer(page, app, sshd);
  const dialog = await askForTunnel(page);
  await dialog.getByLabel('Port on the instance').fill(String(web.port));
  await dialog.getByLabel('Name').fill('Dashboard');
  await dialog.getByRole('switch', { name: 'Start with Pilothouse' }).click();
  await dialog.getByRole('button', { name: 'Open the tunnel' }).click();
  const row = rowOf(page);
  await expect(row).toContainText('Dashboard');
  await expect(row).toContainText('starts with Pilothouse');
  await expect(row).toContainText('up');
  const before = await localPort(row);
  await row.getByRole('button', { name: 'Stop' }).click();
  await expect(row).toContainText('stopped');

  const thief = createServer();
  await listen(thief, before);
  try {
    await row.getByRole('button', { name: 'Start' }).click();
    const offer = page.getByRole('dialog', { name: `Port ${before} cannot be used` });
    await expect(offer).toContainText('in use by another program');
    await offer.getByRole('button', { name: /^Use port/ }).click();
    await expect(row).toContainText('up');
    const after = await localPort(row);
    expect(after).not.toBe(before);
    expect(await textAt(after)).toBe(answerOfWeb);
    const { items } = await client.call('tunnels.list', {});
    expect(items).toMatchObject([{ localPort: after, name: 'Dashboard', startsWithApp: true }]);
  } finally {
    await closeServer(thief);
  }
});

test('a break is seen with its reason and its next attempt, and ends on the same port', async ({
  app,
  sshd,
  page,
  web,
}) => {
  const said: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => said.push(String(payload))),
  );
  await openWithServer(page, app, sshd);
  const dialog = await askForTunnel(page);
  await dialog.getByLabel('Port on the instance').fill(String(web.port));
  await page.keyboard.press('Enter');
  const row = rowOf(page);
  await expect(row).toContainText('up');
  const port = await localPort(row);

  await sshd.down();
  try {
    await expect(row).toContainText('reconnecting');
    await expect(row).toContainText(/next try in \d+s/);
    await row.getByRole('button', { name: /the connection was refused/ }).click();
    await expect(page.getByRole('alert')).toContainText(`${sshd.port}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('tab', { name: 'Connecting 1' })).toBeVisible();
    // It would be tried again by itself too; that nothing is waited for then is held by a test of the core.
    await page.getByRole('button', { name: 'Reconnect all' }).click();
    await expect
      .poll(() => said.some((frame) => frame.includes('tunnels.reconnectAll')))
      .toBe(true);
  } finally {
    await sshd.up();
  }
  await expect(row).toContainText('up');
  await expect(row).toContainText('reconnected once');
  await expect(row).toContainText('Last interruption');
  expect(await localPort(row)).toBe(port);
  expect(await textAt(port)).toBe(answerOfWeb);
});

test('a tunnel is renamed in place, and found again among others by what is typed', async ({
  app,
  sshd,
  page,
  web,
}) => {
  const client = await openWithServer(page, app, sshd);
  const [instance] = (await client.call('instances.list', {})).items;
  for (const remotePort of [web.port, sshd.port]) {
    await client.call('tunnels.open', { instance: instance?.key ?? '', remotePort });
  }
  await showTunnels(page);
  const rows = rowOf(page);
  await expect(rows).toHaveCount(2);
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('F2');
  await page.keyboard.type('The way in');
  await page.keyboard.press('Enter');
  await expect(rows.nth(1)).toContainText('The way in');
  await expect(rows.nth(1)).toBeFocused();
  await page.getByRole('textbox', { name: 'Search tunnels' }).fill('way');
  await expect(rows).toHaveCount(1);
  await page.getByRole('textbox', { name: 'Search tunnels' }).fill('nowhere');
  await expect(page.getByText('No tunnel matches what was typed.')).toBeVisible();
});

test('of many tunnels only those in sight are drawn, and keys lead to the others', async ({
  app,
  sshd,
  page,
  web,
}) => {
  const count = 60;
  const client = await openWithServer(page, app, sshd);
  const [instance] = (await client.call('instances.list', {})).items;
  for (let opened = 1; opened <= count; opened += 1) {
    const name = `Tunnel ${opened}`;
    const asked = { instance: instance?.key ?? '', remotePort: web.port, name };
    await client.call('tunnels.open', asked);
  }
  await showTunnels(page);
  await expect(page.getByRole('tab', { name: `Up ${count}` })).toBeVisible();
  const rows = rowOf(page);
  expect(await rows.count()).toBeLessThan(count / 2);
  await rows.first().focus();
  await page.keyboard.press('End');
  const last = page.getByRole('row', { name: `Tunnel ${count}` });
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport();

  await page.getByRole('button', { name: 'Stop all' }).click();
  const asked = page.getByRole('dialog', { name: `Stop ${count} tunnels?` });
  await asked.getByRole('button', { name: 'Stop all' }).click();
  await expect(page.getByRole('tab', { name: `Stopped ${count}` })).toBeVisible();
});

test('a port where nothing listens fails with that reason, and the tunnel is up once something does', async ({
  app,
  sshd,
  page,
}) => {
  const later = createServer((_request, response) => response.end(answerOfWeb));
  const remotePort = await freePort();
  await openWithServer(page, app, sshd);
  const dialog = await askForTunnel(page);
  await dialog.getByLabel('Port on the instance').fill(String(remotePort));
  await page.keyboard.press('Enter');
  const row = rowOf(page);
  await expect(row).toContainText('failed');
  await expect(row).toContainText(`Nothing listens on 127.0.0.1 port ${remotePort}`);
  await listen(later, remotePort);
  try {
    await row.getByRole('button', { name: 'Try again' }).click();
    await expect(row).toContainText('up');
    expect(await textAt(await localPort(row))).toBe(answerOfWeb);
  } finally {
    later.closeAllConnections();
    await closeServer(later);
  }
});

test('where there is nothing to tunnel to, that is said, and the way leads to the instances', async ({
  app,
  page,
}) => {
  await page.goto(app.url);
  await showTunnels(page);
  const reason = 'There is no instance with SSH yet.';
  await expect(page.getByRole('button', { name: 'New tunnel' })).toHaveAttribute(
    'aria-description',
    reason,
  );
  await page.getByRole('button', { name: 'Go to the instances' }).click();
  await expect(page.getByRole('textbox', { name: 'SSH commands' })).toBeVisible();
});
