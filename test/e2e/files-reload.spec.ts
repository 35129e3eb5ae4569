/** The files page over a reload: it comes back to what was looked at, or says what became of it and where to go. */
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/files-fixtures.ts';
import { fileRow, goTo, openFilesPage, shownNames, transferRow } from '../support/files-page.ts';
import { openWithServer, serverName } from '../support/live-page.ts';

const listing = (page: Page, path: string) => page.getByRole('grid', { name: `Files in ${path}` });

test('a reload comes back to the directory, its order, and the way that led there', async ({
  sshd,
  page,
  remote,
  openRemote,
}) => {
  const runs = remote.directory('runs');
  for (const [name, bytes] of [
    ['small.txt', 1],
    ['large.txt', 3000],
    ['.hidden', 2],
  ] as const) {
    writeFileSync(join(runs, name), 'x'.repeat(bytes));
  }
  await openRemote();
  await goTo(page, runs);
  const bySize = page.getByRole('columnheader', { name: 'Size' }).getByRole('button');
  await bySize.click();
  await bySize.click();
  await page.getByRole('button', { name: 'Show hidden files' }).click();
  await expect.poll(() => shownNames(page)).toEqual(['large.txt', '.hidden', 'small.txt']);

  await page.reload();
  await expect(listing(page, runs)).toBeVisible();
  await expect.poll(() => shownNames(page)).toEqual(['large.txt', '.hidden', 'small.txt']);
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(listing(page, remote.path)).toBeVisible();
  await page.getByRole('button', { name: 'Forward', exact: true }).click();
  await expect(listing(page, runs)).toBeVisible();
  // Where the home directory is, is still known.
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+l');
  await page.getByRole('textbox', { name: 'Path' }).fill('~/.');
  await page.keyboard.press('Enter');
  await expect(listing(page, sshd.home)).toBeVisible();
});

test('a directory that went meanwhile is said to be gone, and the nearest above it is offered', async ({
  app,
  sshd,
  page,
  remote,
}) => {
  const deep = remote.directory('kept/gone/deeper');
  writeFileSync(join(deep, 'last-seen.txt'), '');
  remote.giveAway();
  await openFilesPage(page, app, sshd, deep);
  rmSync(join(remote.path, 'kept/gone'), { recursive: true });

  await page.reload();
  await expect(page.getByRole('heading', { name: 'could not be read' })).toContainText(deep);
  await expect(page.getByRole('alert')).toContainText('is not there (any more)');
  await page.getByRole('button', { name: `Up to ${remote.path}/kept`, exact: true }).click();
  await expect(listing(page, `${remote.path}/kept`)).toBeVisible();
  await expect(page.getByText('This directory is empty.')).toBeVisible();

  // And one that goes while it is shown: no row of it can be pressed any more.
  await goTo(page, remote.path);
  await page.getByRole('grid').press('Home');
  await page.keyboard.press('Enter');
  await expect(listing(page, `${remote.path}/kept`)).toBeVisible();
  rmSync(join(remote.path, 'kept'), { recursive: true });
  await page.getByRole('button', { name: 'Read again' }).click();
  await expect(page.getByRole('alert')).toContainText('is not there (any more)');
  await expect(page.getByRole('grid')).toHaveCount(0);
  await page.getByRole('button', { name: `Up to ${remote.path}`, exact: true }).click();
  await expect(listing(page, remote.path)).toBeVisible();
  await expect(fileRow(page, 'kept')).toHaveCount(0);
});

test('an instance that went meanwhile is said to be gone, and another can be chosen', async ({
  app,
  sshd,
  page,
}) => {
  const client = await openWithServer(page, app, sshd);
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Files/ })
    .click();
  await page.getByRole('button', { name: serverName }).click();
  await page.getByRole('grid').waitFor();
  const { items } = await client.call('instances.list', {});
  const instance = items.find(({ name }) => name === serverName)?.key ?? '';
  await client.call('actions.run', {
    account: 'servers',
    instance,
    action: 'remove-server',
    input: {},
  });

  await page.getByRole('button', { name: 'Read again' }).click();
  await expect(page.getByRole('alert')).toContainText('This instance is no longer there.');
  await expect(page.getByRole('grid')).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('This instance is no longer there.');
  await page.getByRole('button', { name: 'Choose another instance' }).click();
  await expect(page.getByRole('heading', { name: 'Files on an instance' })).toBeVisible();
});

test('an upload that lost its page is seen after a reload, and gone on with by uploading the same again', async ({
  page,
  remote,
  local,
  openRemote,
}) => {
  writeFileSync(join(remote.path, 'notes.txt'), 'there');
  const chosen = ['notes.txt', 'more.txt'].map((name) => join(local.path, name));
  for (const path of chosen) writeFileSync(path, 'ours');
  await openRemote();
  const upload = page.getByLabel('Upload', { exact: true });
  const question = page.getByRole('dialog', { name: 'There is a file of that name already' });
  await upload.setInputFiles(chosen);
  await question.getByRole('button', { name: 'Decide later' }).click();

  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await question.getByRole('button', { name: 'Decide later' }).click();
  await expect(transferRow(page, 'notes.txt')).toContainText('Asks what to do');
  await upload.setInputFiles(chosen);
  await question.getByRole('button', { name: 'Overwrite' }).click();
  await expect(transferRow(page, 'notes.txt')).toHaveText(/Done/);
  expect(readFileSync(join(remote.path, 'notes.txt'), 'utf8')).toBe('ours');
  expect(readdirSync(remote.path).sort()).toEqual(['more.txt', 'notes.txt']);
});

test('what could not be moved at all says why, without being asked', async ({
  page,
  remote,
  openRemote,
}) => {
  await openRemote();
  chmodSync(remote.path, 0o500);
  const file = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') };
  await page.getByLabel('Upload', { exact: true }).setInputFiles(file);
  const row = transferRow(page, 'notes.txt');
  await expect(row).toContainText('Nothing could be moved');
  await expect(row.getByText('Your account on the instance may not do this')).toBeVisible();
});
