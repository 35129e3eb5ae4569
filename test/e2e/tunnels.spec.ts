/** The page of all tunnels: each kind made and used for real, its port, its breaks, its questions. */
import { createServer, type Server } from 'node:http';
import type { Locator, Page } from '@playwright/test';
import { run } from '../support/child.ts';
import { test as base, expect } from '../support/e2e.ts';
import { freePort } from '../support/free-port.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';
import { openWithServer, serverName } from '../support/live-page.ts';
import { startSshd } from '../support/sshd.ts';

/** The instance is this very machine, so one web server stands for one on either side. */
const test = base.extend<{ readonly web: Server }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures wanted
  web: async ({}, use) => {
    const web = createServer((_request, response) => response.end('from the other side'));
    await listen(web);
    await use(web);
    web.closeAllConnections();
    await closeServer(web);
  },
});

const rowOf = (page: Page): Locator => page.getByRole('row', { name: serverName });
const text = async (url: string) => (await fetch(url)).text();

/** The port here that the row tells. */
async function localPort(row: Locator): Promise<number> {
  return Number(/here:(\d+)/.exec((await row.textContent()) ?? '')?.[1]);
}

async function showTunnels(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Tunnels/ }).click();
}

/** The dialog for a new tunnel through the only instance. */
async function askForTunnel(page: Page): Promise<Locator> {
  await showTunnels(page);
  await page.getByRole('button', { name: 'New tunnel' }).click();
  const dialog = page.getByRole('dialog', { name: 'New tunnel' });
  await expect(dialog.getByLabel('Instance', { exact: true })).toHaveValue(serverName);
  return dialog;
}

async function choose(row: Locator, item: string): Promise<void> {
  await row.getByRole('button', { name: 'More actions' }).click();
  await row.page().getByRole('menuitem', { name: item }).click();
}

test('a port in use is named and another is offered; the tunnel stops and starts on its port', async ({
  app,
  sshd,
  page,
  web,
}) => {
  const remotePort = addressPort(web);
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
  expect(await text(`http://127.0.0.1:${port}/`)).toBe('from the other side');

  await row.getByRole('button', { name: 'Stop' }).click();
  await expect(row).toContainText('stopped');
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  await row.getByRole('button', { name: 'Start' }).click();
  await expect(row).toContainText('up');
  expect(await text(`http://127.0.0.1:${port}/`)).toBe('from the other side');

  await row.focus();
  await page.keyboard.press('Delete');
  const asked = page.getByRole('dialog', { name: 'Remove this tunnel?' });
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
  await dialog.getByLabel('Port on the instance').fill(String(addressPort(web)));
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
    expect(await text(`http://127.0.0.1:${after}/`)).toBe('from the other side');
    const { items } = await client.call('tunnels.list', {});
    expect(items).toMatchObject([{ localPort: after, name: 'Dashboard', startsWithApp: true }]);
  } finally {
    await closeServer(thief);
  }
});

test('a SOCKS5 proxy made in the page carries curl, and its bytes are counted', async ({
  app,
  sshd,
  page,
  web,
}) => {
  await openWithServer(page, app, sshd);
  const dialog = await askForTunnel(page);
  await dialog.getByText('Use the instance as a SOCKS5 proxy').click();
  await dialog.getByLabel('Port on this machine').fill(String(await freePort()));
  await page.keyboard.press('Enter');
  const row = rowOf(page);
  await expect(row).toContainText('SOCKS5 proxy');
  await expect(row).toContainText('up');
  await choose(row, 'How to use it…');
  const help = page.getByRole('dialog', { name: 'How to use this tunnel' });
  const line = (await help.getByText(/^curl --proxy/).textContent()) ?? '';
  const [, , proxy = ''] = line.split(' ');
  const answer = await run('curl', [
    '--silent',
    '--proxy',
    proxy,
    `http://127.0.0.1:${addressPort(web)}/`,
  ]);
  expect(answer).toBe('from the other side');
  await help.getByRole('button', { name: 'Close' }).click();
  await expect(row.getByText(/^[1-9]\d* B$/).first()).toBeVisible();
});

test('a port of this machine is reached from the instance, and is gone there when the tunnel stops', async ({
  app,
  sshd,
  page,
  web,
}) => {
  const there = await freePort();
  await openWithServer(page, app, sshd);
  const dialog = await askForTunnel(page);
  await dialog.getByText('Let the instance reach a port of this machine').click();
  await dialog.getByLabel('Port on the instance').fill(String(there));
  await dialog.getByLabel('Port on this machine').fill(String(addressPort(web)));
  await page.keyboard.press('Enter');
  const row = rowOf(page);
  await expect(row).toContainText('To this machine');
  await expect(row).toContainText('up');
  expect(await text(`http://127.0.0.1:${there}/`)).toBe('from the other side');
  await row.getByRole('button', { name: 'Stop' }).click();
  await expect(row).toContainText('stopped');
  await expect(fetch(`http://127.0.0.1:${there}/`)).rejects.toThrow();
});

test('a break is seen with its reason and its next attempt, and ends on the same port', async ({
  app,
  sshd,
  page,
  web,
}) => {
  await openWithServer(page, app, sshd);
  const dialog = await askForTunnel(page);
  await dialog.getByLabel('Port on the instance').fill(String(addressPort(web)));
  await page.keyboard.press('Enter');
  const row = rowOf(page);
  await expect(row).toContainText('up');
  const port = await localPort(row);

  await sshd.down();
  try {
    await expect(row).toContainText('reconnecting');
    await expect(row).toContainText(/next try in \d+s/);
    await expect(row).toContainText('the connection was refused');
    await expect(page.getByRole('tab', { name: 'Connecting 1' })).toBeVisible();
  } finally {
    await sshd.up();
  }
  await page.getByRole('button', { name: 'Reconnect all' }).click();
  await expect(row).toContainText('up');
  await expect(row).toContainText('reconnected once');
  await expect(row).toContainText('Last interruption');
  expect(await localPort(row)).toBe(port);
  expect(await text(`http://127.0.0.1:${port}/`)).toBe('from the other side');
});

test('a tunnel whose question was put aside needs you; the foot of the page leads there', async ({
  app,
  page,
  web,
}) => {
  const unknown = await startSshd();
  try {
    await openWithServer(page, app, unknown);
    const dialog = await askForTunnel(page);
    await dialog.getByLabel('Port on the instance').fill(String(addressPort(web)));
    await page.keyboard.press('Enter');
    const hostKey = page.getByRole('dialog', { name: 'Is this the right server?' });
    await expect(hostKey).toContainText(unknown.hostKeyFingerprint());
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: /^Instances/ }).click();
    await page.getByRole('button', { name: 'Show the tunnels: 0 up, 1 needs you' }).click();
    await expect(page.getByRole('tab', { name: 'Needs you 1' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    const row = rowOf(page);
    await expect(row).toContainText('Needs you: ');
    await row.getByRole('button', { name: 'Answer…' }).click();
    await hostKey.getByRole('button', { name: 'Trust' }).click();
    const password = page.getByRole('dialog', { name: 'Password' });
    await password.getByRole('textbox').fill(unknown.password);
    await page.keyboard.press('Enter');
    await expect(page.getByText('No tunnel needs you.')).toBeVisible();
    await page.getByRole('button', { name: 'Show all tunnels' }).click();
    await expect(row).toContainText('up');
  } finally {
    await unknown.stop();
  }
});

test('a port for others is opened only after saying so, each time', async ({
  app,
  sshd,
  page,
  web,
}) => {
  await openWithServer(page, app, sshd);
  const dialog = await askForTunnel(page);
  await dialog.getByLabel('Port on the instance').fill(String(addressPort(web)));
  await dialog.getByText('More options').click();
  await dialog.getByText('All addresses of this machine').click();
  await expect(dialog).toContainText('without a password');
  await dialog.getByRole('button', { name: 'Open the tunnel' }).click();
  const question = page.getByRole('dialog', { name: /of this machine to others\?$/ });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await question.getByRole('button', { name: 'Open it this once' }).click();
  const row = rowOf(page);
  await expect(row).toContainText('up');
  await expect(row).toContainText('open to others');
  // Another address than the one a tunnel has by itself.
  const elsewhere = `http://127.0.0.2:${await localPort(row)}/`;
  expect(await text(elsewhere)).toBe('from the other side');

  await row.getByRole('button', { name: 'Stop' }).click();
  await expect(row).toContainText('stopped');
  await row.getByRole('button', { name: 'Start' }).click();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toHaveCount(0);
  await expect(fetch(elsewhere)).rejects.toThrow();
});

test('a tunnel is renamed in place, and found again among others by what is typed', async ({
  app,
  sshd,
  page,
  web,
}) => {
  const client = await openWithServer(page, app, sshd);
  const [instance] = (await client.call('instances.list', {})).items;
  for (const remotePort of [addressPort(web), sshd.port]) {
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
