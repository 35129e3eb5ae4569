/** Opening Jupyter: one click, the page signs in by itself, and the token is nowhere to be read. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/e2e.ts';
import { startJupyter } from '../support/jupyter.ts';
import { openWithServer, serverName } from '../support/live-page.ts';

test('Jupyter opens signed in; its token is in no address, history, storage, log or file', async ({
  app,
  sshd,
  page,
  context,
}) => {
  const jupyter = await startJupyter({ account: sshd.account });
  try {
    const addresses: string[] = [];
    context.on('request', (request) => addresses.push(request.url()));
    await openWithServer(page, app, sshd);
    await page.getByText(serverName).first().click();
    const opening = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Open JupyterLab' }).click();
    const notebook = await opening;
    await notebook.waitForURL(/\/tree$/);
    await expect(notebook.getByText('Select items to perform actions on them.')).toBeVisible();

    const seen = await notebook.evaluate(() => ({
      address: location.href,
      history: history.length,
      referrer: document.referrer,
      opener: window.opener,
      storage: JSON.stringify({ ...localStorage, ...sessionStorage }),
    }));
    expect(seen).toMatchObject({ history: 1, referrer: '', opener: null });
    expect(seen.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/tree$/);
    expect(seen.storage).not.toContain(jupyter.token);
    expect(addresses.filter((address) => address.includes(jupyter.token))).toEqual([]);
    expect(await page.content()).not.toContain(jupyter.token);
    expect(app.output()).not.toContain(jupyter.token);
    for (const file of readdirSync(app.dataDir, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const content = readFileSync(join(file.parentPath, file.name), 'latin1');
      expect(content, file.name).not.toContain(jupyter.token);
    }

    await page.getByRole('button', { name: /^Tunnels/ }).click();
    const row = page.getByRole('row', { name: serverName });
    await expect(row).toContainText('up');
    await expect(row).toContainText(`here:${new URL(seen.address).port}`);
    await expect(row).toContainText(/Jupyter [\d.]+ answers\./);
    // Its own requests would find out before the tunnel asks, and that is told in other words.
    await notebook.close();
    await jupyter.stop();
    await expect(row).toContainText('Jupyter has not answered for', { timeout: 45_000 });
  } finally {
    await jupyter.stop();
  }
});

test('a Jupyter server with a certificate of its own opens without a warning, and works', async ({
  app,
  sshd,
  page,
  context,
}) => {
  const jupyter = await startJupyter({ account: sshd.account, secure: true });
  try {
    await openWithServer(page, app, sshd);
    await page.getByText(serverName).first().click();
    const opening = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Open JupyterLab' }).click();
    const notebook = await opening;
    await notebook.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/tree$/);
    await expect(notebook.getByText('Select items to perform actions on them.')).toBeVisible();
    // What a kernel and a terminal need: a request that changes something, and a WebSocket.
    const outcome = await notebook.evaluate(async () => {
      const [, token = ''] = /_xsrf=([^;]+)/.exec(document.cookie) ?? [];
      const made = await fetch('/api/terminals', {
        method: 'POST',
        headers: { 'X-XSRFToken': token },
      });
      const { name } = (await made.json()) as { name: string };
      const socket = new WebSocket(`ws://${location.host}/terminals/websocket/${name}`);
      return new Promise<string>((resolve) => {
        socket.onmessage = () => resolve('heard');
        socket.onclose = ({ code }) => resolve(`closed ${code}`);
      });
    });
    expect(outcome).toBe('heard');
    await page.getByRole('button', { name: /^Tunnels/ }).click();
    const row = page.getByRole('row', { name: serverName });
    await expect(row).toContainText(/Jupyter [\d.]+ answers\./);
  } finally {
    await jupyter.stop();
  }
});

test('two Jupyter servers side by side disturb neither the other’s login nor its open pages', async ({
  app,
  sshd,
  page,
  context,
}) => {
  const jupyters = [
    await startJupyter({ account: sshd.account }),
    await startJupyter({ account: sshd.account }),
  ];
  try {
    const client = await openWithServer(page, app, sshd);
    const { items } = await client.call('instances.list', {});
    const instance = items.find(({ name }) => name === serverName)?.key ?? '';
    const notebooks: { readonly notebook: Page; readonly token: string }[] = [];
    for (const { port: remotePort } of jupyters) {
      const outcome = await client.call('tunnels.openJupyter', { instance, remotePort });
      const notebook = await context.newPage();
      await notebook.goto(outcome.kind === 'ready' ? outcome.url : outcome.kind);
      // As a form keeps it that is open for a while.
      const token = await notebook.evaluate(() => /_xsrf=([^;]+)/.exec(document.cookie)?.[1] ?? '');
      notebooks.push({ notebook, token });
    }
    for (const { notebook, token } of notebooks) {
      const status = await notebook.evaluate(async (xsrf) => {
        const headers = { 'X-XSRFToken': xsrf };
        return (await fetch('/api/terminals', { method: 'POST', headers })).status;
      }, token);
      expect(status).toBe(200);
      await notebook.reload();
      await expect(notebook.getByText('Select items to perform actions on them.')).toBeVisible();
    }
  } finally {
    for (const jupyter of jupyters) await jupyter.stop();
  }
});

test('without a Jupyter server the empty page closes, and how to start one is said', async ({
  app,
  sshd,
  page,
  context,
}) => {
  await openWithServer(page, app, sshd);
  await page.getByText(serverName).first().click();
  const opening = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Open JupyterLab' }).click();
  const blank = await opening;
  if (!blank.isClosed()) await blank.waitForEvent('close');
  await expect(page.getByRole('dialog')).toContainText('No Jupyter server was found');
  await expect(page.getByRole('dialog')).toContainText('jupyter lab --no-browser');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('of several Jupyter servers one is chosen, and its own tunnel opens it again', async ({
  app,
  sshd,
  page,
  context,
}) => {
  const jupyters = [
    await startJupyter({ account: sshd.account }),
    await startJupyter({ account: sshd.account, basePath: '/second/' }),
  ] as const;
  try {
    await openWithServer(page, app, sshd);
    await page.getByText(serverName).first().click();
    const blank = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Open JupyterLab' }).click();
    await blank;
    const dialog = page.getByRole('dialog', { name: 'Open JupyterLab' });
    await expect(dialog).toContainText('2 Jupyter servers are running on this instance.');
    await expect(dialog).toContainText(sshd.home);
    await expect.poll(() => context.pages().length).toBe(1);

    const opening = context.waitForEvent('page');
    await dialog.getByRole('button', { name: String(jupyters[1].port) }).click();
    const notebook = await opening;
    await notebook.waitForURL(/\/second\/tree$/);
    await expect(dialog).toHaveCount(0);
    await notebook.close();

    await page.getByRole('button', { name: /^Tunnels/ }).click();
    const row = page.getByRole('row', { name: serverName });
    const again = context.waitForEvent('page');
    await row.getByRole('button', { name: 'Open JupyterLab' }).click();
    await (await again).waitForURL(/\/second\/tree$/);
    await expect(row).toHaveCount(1);
  } finally {
    for (const jupyter of jupyters) await jupyter.stop();
  }
});
