/** Transfers of a page over a line that breaks or is held up, and a page that is about to be left with one. */
import { randomBytes } from 'node:crypto';
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test as filesTest } from '../support/files-fixtures.ts';
import { fileRow, goTo, openFiles, sha256, transferRow } from '../support/files-page.ts';
import { type FaultProxy, startProxy } from '../support/proxy.ts';
import { startWebApp } from '../support/web-app.ts';

/** The server is behind a line that the test breaks, and its key is known there too. */
const test = filesTest.extend<{ readonly line: FaultProxy }>({
  line: async ({ app, sshd }, use) => {
    const line = await startProxy(sshd.port);
    const known = `[127.0.0.1]:${line.port} ${sshd.hostPublicKey()}\n`;
    appendFileSync(join(app.home, '.ssh/known_hosts'), known);
    await use(line);
    await line.stop();
  },
  server: async ({ sshd, line }, use) => use({ ...sshd, port: line.port }),
});

test('a transfer goes on by itself where the line broke', async ({
  page,
  remote,
  local,
  line,
  openRemote,
}) => {
  writeFileSync(join(local.path, 'large.bin'), randomBytes(40_000_000));
  await openRemote();
  // On no machine is it done before the line breaks.
  line.freezeAfter(15_000_000);
  await page.getByLabel('Upload', { exact: true }).setInputFiles(join(local.path, 'large.bin'));
  const row = transferRow(page, 'large.bin');
  await expect
    .poll(async () => Number(await row.getByRole('progressbar').getAttribute('aria-valuenow')))
    .toBeGreaterThan(4);
  await line.goAway();
  await expect(row).toContainText('it goes on by itself');
  line.thaw();
  await line.comeBack();
  await expect(row).toContainText('Done', { timeout: 60_000 });
  expect(sha256(join(remote.path, 'large.bin'))).toBe(sha256(join(local.path, 'large.bin')));
});

test('a download to this page goes on by itself where the line broke, to the last byte', async ({
  page,
  remote,
  line,
  openRemote,
}) => {
  writeFileSync(join(remote.path, 'large.bin'), randomBytes(40_000_000));
  await page.addInitScript(() => {
    Object.assign(window, {
      showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) =>
        (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true }),
    });
  });
  await openRemote();
  await fileRow(page, 'large.bin').click();
  line.freezeAfter(15_000_000);
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const row = transferRow(page, 'large.bin');
  await row.getByRole('button', { name: 'Pause large.bin' }).click();
  await expect(row).toContainText('Paused');
  await line.goAway();
  line.thaw();
  await row.getByRole('button', { name: 'Go on with large.bin' }).click();
  await expect(row).toContainText('it goes on by itself');
  await line.comeBack();
  await expect(row).toContainText('Done', { timeout: 60_000 });
  const saved = () =>
    page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const file = await (await root.getFileHandle('large.bin')).getFile();
      const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
      return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    });
  await expect.poll(saved).toBe(sha256(join(remote.path, 'large.bin')));
});

test('a transfer is paused, goes on, and is asked about before the page that holds its files is left', async ({
  page,
  remote,
  local,
  line,
  openRemote,
}) => {
  writeFileSync(join(local.path, 'large.bin'), randomBytes(40_000_000));
  await openRemote();
  line.freezeAfter(15_000_000);
  await page.getByLabel('Upload', { exact: true }).setInputFiles(join(local.path, 'large.bin'));
  const row = transferRow(page, 'large.bin');
  await row.getByRole('button', { name: 'Pause large.bin' }).click();
  await expect(row).toContainText('Paused');
  line.thaw();
  await expect(page.getByRole('button', { name: /1 transfer waits/ })).toBeVisible();
  const asked = page.waitForEvent('dialog');
  await page.evaluate(() => {
    setTimeout(() => location.reload());
  });
  const question = await asked;
  expect(question.type()).toBe('beforeunload');
  await question.dismiss();
  await row.getByRole('button', { name: 'Go on with large.bin' }).click();
  await expect(row).toContainText('Done', { timeout: 60_000 });
  expect(sha256(join(remote.path, 'large.bin'))).toBe(sha256(join(local.path, 'large.bin')));
});

test('an upload that ended with the application is begun again over what it left', async ({
  app,
  context,
  page,
  remote,
  local,
  line,
  openRemote,
}) => {
  const { dataDir, home } = app;
  const isPart = (name: string) => name.endsWith('.part');
  const choose = async (on: Page) => {
    await on.getByLabel('Upload', { exact: true }).setInputFiles(join(local.path, 'large.bin'));
  };
  writeFileSync(join(local.path, 'large.bin'), randomBytes(20_000_000));
  await openRemote();
  line.freezeAfter(10_000_000);
  await choose(page);
  await expect.poll(() => readdirSync(remote.path).some(isPart)).toBe(true);
  process.kill(app.pid, 'SIGKILL');
  line.cut();
  line.thaw();
  const second = await startWebApp({ dataDir, home });
  try {
    // The former page would ask whether it may be left.
    const again = await context.newPage();
    await again.goto(await second.newLink());
    await openFiles(again);
    await goTo(again, remote.path);
    await choose(again);
    await expect(transferRow(again, 'large.bin')).toContainText('Done', { timeout: 60_000 });
  } finally {
    await second.stop();
  }
  expect(readdirSync(remote.path)).toEqual(['large.bin']);
  expect(sha256(join(remote.path, 'large.bin'))).toBe(sha256(join(local.path, 'large.bin')));
});
