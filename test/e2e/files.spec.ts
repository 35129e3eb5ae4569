/** The files of an instance in the page: looked through, changed and edited, on a real server. */
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../support/files-fixtures.ts';
import { fileRow, goTo, openFilesPage, shownNames } from '../support/files-page.ts';
import { expectScreen, openWithServer, serverName } from '../support/live-page.ts';
import { startSshd } from '../support/sshd.ts';

test('every key works: letters, ranges, opening, going back, a new name, a path', async ({
  page,
  remote,
  openRemote,
}) => {
  remote.directory('checkpoints/best');
  for (const name of ['epoch-10.pt', 'epoch-2.pt', 'notes.txt', '.hidden']) {
    writeFileSync(join(remote.path, name), name);
  }
  await openRemote();

  // Directories first, numbers as people count, hidden ones not.
  const all = ['checkpoints', 'epoch-2.pt', 'epoch-10.pt', 'notes.txt'];
  await expect.poll(() => shownNames(page)).toEqual(all);
  const grid = page.getByRole('grid');
  await grid.focus();
  await page.keyboard.type('ep');
  await expect(fileRow(page, 'epoch-2.pt')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('2 of 4 chosen')).toBeVisible();
  await page.keyboard.press('Control+a');
  await expect(page.getByText('4 of 4 chosen')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('4 items')).toBeVisible();

  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect.poll(() => shownNames(page)).toEqual(['best']);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This directory is empty.')).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(() => shownNames(page)).toEqual(['best']);
  // Above, the keyboard is on the directory it came from.
  await page.keyboard.press('Backspace');
  await expect(fileRow(page, 'checkpoints')).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('End');
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(fileRow(page, 'notes.txt')).toHaveAttribute('aria-selected', 'true');
  await expect(grid).toBeFocused();
  await page.keyboard.press('F2');
  await expect(page.getByRole('textbox', { name: /notes\.txt/ })).toBeFocused();
  await page.keyboard.type('renamed');
  await page.keyboard.press('Enter');
  await expect(fileRow(page, 'renamed.txt')).toHaveAttribute('aria-selected', 'true');
  expect(existsSync(join(remote.path, 'renamed.txt'))).toBe(true);
  await page.keyboard.press('F2');
  await expect(page.getByRole('textbox', { name: /renamed\.txt/ })).toBeFocused();
  await page.keyboard.type('epoch-2.pt');
  await page.keyboard.press('Escape');
  await expect(fileRow(page, 'renamed.txt')).toBeVisible();
  await expect(grid).toBeFocused();

  await page.keyboard.press('Control+f');
  await page.keyboard.type('epoch');
  await expect.poll(() => shownNames(page)).toEqual(['epoch-2.pt', 'epoch-10.pt']);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Show hidden files' }).click();
  await expect.poll(() => shownNames(page)).toContain('.hidden');
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await expect
    .poll(() => shownNames(page))
    .toEqual(['checkpoints', 'renamed.txt', 'epoch-10.pt', 'epoch-2.pt', '.hidden']);

  await goTo(page, join(remote.path, 'checkpoints'));
  await grid.focus();
  await page.keyboard.press('Control+l');
  await page.getByRole('textbox', { name: 'Path' }).fill('../nowhere');
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('heading', { name: 'This directory could not be read' }),
  ).toBeVisible();
  await expect(page.getByText('This directory is empty.')).toHaveCount(0);
  await expect(page.locator('button:focus')).toHaveText('Back');
  await page.keyboard.press('Enter');
  await expect.poll(() => shownNames(page)).toEqual(['best']);
});

test('a folder is made, permissions are set inside too, and what is deleted is named first', async ({
  page,
  remote,
  openRemote,
}) => {
  remote.directory('models/deep');
  writeFileSync(join(remote.path, 'models/deep/weights.bin'), 'w');
  writeFileSync(join(remote.path, 'run.sh'), '#!/bin/sh');
  symlinkSync('nothing-there', join(remote.path, 'dangling'));
  chmodSync(join(remote.path, 'models/deep/weights.bin'), 0o600);
  await openRemote();

  await page.getByRole('button', { name: 'New folder' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('a/b');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('A name cannot hold a slash');
  await dialog.getByLabel('Name').fill('run.sh');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('is there already');
  await dialog.getByLabel('Name').fill('results');
  await page.keyboard.press('Enter');
  await expect(fileRow(page, 'results')).toHaveAttribute('aria-selected', 'true');
  expect(statSync(join(remote.path, 'results')).isDirectory()).toBe(true);

  await fileRow(page, 'run.sh').click();
  await page.getByRole('button', { name: 'Permissions', exact: true }).first().click();
  await dialog.getByRole('checkbox', { name: 'Owner: Execute' }).check();
  await expect(dialog.getByLabel('Octal')).toHaveValue('744');
  await dialog.getByLabel('Octal').fill('750');
  await page.keyboard.press('Enter');
  await expect(fileRow(page, 'run.sh')).toContainText('-rwxr-x---');
  expect(statSync(join(remote.path, 'run.sh')).mode & 0o777).toBe(0o750);

  await fileRow(page, 'models').click();
  await page.getByRole('button', { name: 'Permissions', exact: true }).first().click();
  await dialog.getByLabel('Octal').fill('755');
  await dialog.getByLabel('Everything inside too').check();
  await dialog.getByRole('button', { name: 'Set' }).click();
  await expect(dialog).toHaveCount(0);
  expect(statSync(join(remote.path, 'models/deep/weights.bin')).mode & 0o444).toBe(0o444);

  await expect(fileRow(page, 'dangling')).toContainText('leads nowhere');
  await fileRow(page, 'models').click();
  await fileRow(page, 'dangling').click({ modifiers: ['Control'] });
  await page.keyboard.press('Delete');
  await expect(dialog).toContainText('Delete these 2 items?');
  await expect(dialog).toContainText('models');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => shownNames(page)).toEqual(['results', 'run.sh']);
  expect(readdirSync(remote.path).sort()).toEqual(['results', 'run.sh']);
});

test('a text is edited in place, and written over no one else', async ({
  page,
  remote,
  openRemote,
}) => {
  const path = join(remote.path, 'config.ini');
  writeFileSync(path, 'one\r\ntwo\r\nthree');
  chmodSync(path, 0o640);
  await openRemote();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const field = page.getByRole('textbox', { name: 'Text of config.ini' });
  await expect(field).toHaveValue('one\ntwo\nthree');
  await expect(field).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Tab');
  await expect(field).toHaveValue('\tone\n\ttwo\n\tthree');
  await page.keyboard.press('Control+z');
  await expect(field).toHaveValue('one\ntwo\nthree');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\nfour');
  await expect(page.getByText('not saved')).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('not saved')).toHaveCount(0);
  expect(readFileSync(path, 'utf8')).toBe('one\r\ntwo\r\nthree\r\nfour');
  expect(statSync(path).mode & 0o777).toBe(0o640);

  writeFileSync(path, 'somebody else\n');
  await page.keyboard.type('!');
  await page.keyboard.press('Control+s');
  const question = page.getByRole('dialog', { name: 'Somebody changed this file meanwhile' });
  await expect(question).toBeVisible();
  expect(readFileSync(path, 'utf8')).toBe('somebody else\n');
  await question.getByRole('button', { name: 'Keep editing' }).click();
  await expect(question).toHaveCount(0);
  await expect(field).toHaveValue('one\ntwo\nthree\nfour!');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await question.getByRole('button', { name: 'Overwrite their version' }).click();
  await expect(question).toHaveCount(0);
  await expect.poll(() => readFileSync(path, 'utf8')).toBe('one\r\ntwo\r\nthree\r\nfour!');

  rmSync(path);
  await field.press('Control+End');
  await page.keyboard.type('?');
  await page.keyboard.press('Control+s');
  const gone = page.getByRole('dialog', { name: 'This file was deleted meanwhile' });
  await gone.getByRole('button', { name: 'Write it anew' }).click();
  await expect(gone).toHaveCount(0);
  await expect(page.getByText('not saved')).toHaveCount(0);
  expect(readFileSync(path, 'utf8')).toBe('one\r\ntwo\r\nthree\r\nfour!?');

  await field.press('Control+End');
  await page.keyboard.type('lost');
  await page.getByRole('button', { name: 'Close' }).click();
  const unsaved = page.getByRole('dialog', { name: 'Close without saving?' });
  await unsaved.getByRole('button', { name: 'Keep editing' }).click();
  await expect(unsaved).toHaveCount(0);
  await page.getByRole('button', { name: 'Close' }).click();
  await unsaved.getByRole('button', { name: 'Drop the changes' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(readFileSync(path, 'utf8')).toBe('one\r\ntwo\r\nthree\r\nfour!?');
});

test('a server without SFTP is said to be one, and is no empty directory', async ({
  app,
  page,
}) => {
  const plain = await startSshd({ config: ['Subsystem other /bin/false'] });
  try {
    writeFileSync(join(app.home, '.ssh/id_ed25519'), plain.privateKey, { mode: 0o600 });
    writeFileSync(
      join(app.home, '.ssh/known_hosts'),
      `[127.0.0.1]:${plain.port} ${plain.hostPublicKey()}\n`,
    );
    await openWithServer(page, app, plain);
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /^Files/ })
      .click();
    await page.getByRole('button', { name: serverName }).click();
    await expect(page.getByText('This server offers no SFTP')).toBeVisible();
    await expect(page.getByText('This directory is empty.')).toHaveCount(0);
  } finally {
    await plain.stop();
  }
});

test('what is chosen is moved to another directory, and a terminal opened where it went', async ({
  page,
  remote,
  openRemote,
}) => {
  remote.directory("it's here");
  writeFileSync(join(remote.path, 'a.log'), 'a');
  writeFileSync(join(remote.path, 'b.log'), 'b');
  await openRemote();
  await page.getByRole('grid').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+ArrowUp');
  await fileRow(page, 'b.log').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Move to…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Directory').fill("it's here");
  await page.keyboard.press('Enter');
  await expect.poll(() => shownNames(page)).toEqual(["it's here"]);
  expect(readdirSync(join(remote.path, "it's here")).sort()).toEqual(['a.log', 'b.log']);

  await fileRow(page, "it's here").click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Open a terminal here' }).click();
  await expectScreen(page, (rows) => rows.some((row) => row.includes('s here')));
  await page.locator('.xterm-helper-textarea').last().focus();
  await page.keyboard.type('cat *.log; echo "=$?"');
  await page.keyboard.press('Enter');
  await expectScreen(page, (rows) => rows.some((row) => row.startsWith('ab=0')));
});

test('a directory that cannot be read again is shown as it was, and said to be old', async ({
  app,
  page,
  remote,
}) => {
  writeFileSync(join(remote.path, 'kept.txt'), '');
  const own = await startSshd();
  try {
    writeFileSync(join(app.home, '.ssh/id_ed25519'), own.privateKey, { mode: 0o600 });
    writeFileSync(
      join(app.home, '.ssh/known_hosts'),
      `[127.0.0.1]:${own.port} ${own.hostPublicKey()}\n`,
    );
    await openFilesPage(page, app, own, remote.path);
    await expect(fileRow(page, 'kept.txt')).toBeVisible();
    await own.down();
    await page.getByRole('grid').focus();
    await page.keyboard.press('F5');
    await expect(page.getByText('It could not be read again')).toBeVisible({ timeout: 40_000 });
    await expect(fileRow(page, 'kept.txt')).toBeVisible();
    await own.up();
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect(page.getByText('It could not be read again')).toHaveCount(0, { timeout: 40_000 });
  } finally {
    await own.stop();
  }
});
