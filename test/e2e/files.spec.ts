/** The files of an instance in the page: looked through, changed, edited, and moved both ways, against a real server. */
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test as base, expect } from '../support/e2e.ts';
import {
  createRemoteFolder,
  dropFiles,
  fileRow,
  goTo,
  holds,
  openFilesPage,
  type RemoteFolder,
  sha256,
  shownNames,
  transferRow,
} from '../support/files-page.ts';
import { openWithServer, serverName } from '../support/live-page.ts';
import { startProxy } from '../support/proxy.ts';
import { startSshd } from '../support/sshd.ts';
import { createTempDir, type TempDir } from '../support/temp-dir.ts';

const test = base.extend<{ readonly remote: RemoteFolder; readonly local: TempDir }>({
  remote: async ({ sshd }, use) => {
    const remote = createRemoteFolder(sshd);
    await use(remote);
    remote.remove();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures wanted
  local: async ({}, use) => {
    const local = createTempDir('files-here');
    await use(local);
    local.remove();
  },
});

test('every key works: letters, ranges, opening, going back, a new name, a path', async ({
  app,
  sshd,
  page,
  remote,
}) => {
  remote.directory('checkpoints/best');
  for (const name of ['epoch-10.pt', 'epoch-2.pt', 'notes.txt', '.hidden']) {
    writeFileSync(join(remote.path, name), name);
  }
  remote.giveAway();
  await openFilesPage(page, app, sshd, remote.path);

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
  await page.keyboard.press('F2');
  await page.keyboard.type('renamed');
  await page.keyboard.press('Enter');
  await expect(fileRow(page, 'renamed.txt')).toHaveAttribute('aria-selected', 'true');
  expect(existsSync(join(remote.path, 'renamed.txt'))).toBe(true);
  await page.keyboard.press('F2');
  await page.keyboard.type('epoch-2.pt');
  await page.keyboard.press('Escape');
  await expect(fileRow(page, 'renamed.txt')).toBeVisible();

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
});

test('a folder is made, permissions are set inside too, and what is deleted is named first', async ({
  app,
  sshd,
  page,
  remote,
}) => {
  remote.directory('models/deep');
  writeFileSync(join(remote.path, 'models/deep/weights.bin'), 'w');
  writeFileSync(join(remote.path, 'run.sh'), '#!/bin/sh');
  symlinkSync('nothing-there', join(remote.path, 'dangling'));
  chmodSync(join(remote.path, 'models/deep/weights.bin'), 0o600);
  remote.giveAway();
  await openFilesPage(page, app, sshd, remote.path);

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

test('files are uploaded by choosing and by dropping them, folders with all that is in them', async ({
  app,
  sshd,
  page,
  remote,
  local,
}) => {
  remote.directory('inbox');
  remote.giveAway();
  const bytes = randomBytes(3_000_000);
  writeFileSync(join(local.path, 'weights.bin'), bytes);
  mkdirSync(join(local.path, 'project/src/empty'), { recursive: true });
  writeFileSync(join(local.path, 'project/src/train.py'), 'print("hi")\n');
  writeFileSync(join(local.path, 'project/空 file.txt'), '');
  await openFilesPage(page, app, sshd, remote.path);

  await page.getByLabel('Upload', { exact: true }).setInputFiles(join(local.path, 'weights.bin'));
  await expect(transferRow(page, 'weights.bin')).toContainText('Done');
  await expect(fileRow(page, 'weights.bin')).toContainText('3 MB');
  expect(holds(join(remote.path, 'weights.bin'), bytes)).toBe(true);

  await dropFiles(page, page.getByRole('grid'), [join(local.path, 'project')]);
  await expect(transferRow(page, 'project')).toContainText('Done');
  await expect(fileRow(page, 'project')).toBeVisible();
  expect(readFileSync(join(remote.path, 'project/src/train.py'), 'utf8')).toBe('print("hi")\n');
  expect(statSync(join(remote.path, 'project/空 file.txt')).size).toBe(0);
  expect(statSync(join(remote.path, 'project/src/empty')).isDirectory()).toBe(true);

  await dropFiles(page, fileRow(page, 'inbox'), [join(local.path, 'weights.bin')]);
  await expect(transferRow(page, 'weights.bin')).toHaveCount(2);
  await expect.poll(() => holds(join(remote.path, 'inbox/weights.bin'), bytes)).toBe(true);

  await page.getByRole('button', { name: 'Dismiss all that ended' }).click();
  await expect(page.getByText('Uploads and downloads stand here')).toBeVisible();
});

test('what is there already is asked about once for all', async ({
  app,
  sshd,
  page,
  remote,
  local,
}) => {
  const names = ['a.txt', 'b.txt', 'c.txt'];
  for (const name of names) {
    writeFileSync(join(remote.path, name), 'theirs');
    writeFileSync(join(local.path, name), `ours ${name}`);
  }
  remote.giveAway();
  await openFilesPage(page, app, sshd, remote.path);
  const upload = page.getByLabel('Upload', { exact: true });
  const paths = names.map((name) => join(local.path, name));
  const dialog = page.getByRole('dialog');

  await upload.setInputFiles(paths);
  await expect(dialog).toContainText('There is a file of that name already');
  await dialog.getByRole('button', { name: 'Decide later' }).click();
  await expect(page.getByRole('button', { name: 'A transfer asks you' })).toBeVisible();
  await page.getByRole('button', { name: 'Decide…' }).click();
  await dialog.getByRole('checkbox', { name: /The same for the/ }).check();
  await dialog.getByRole('button', { name: 'Keep both' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Transfers' })).toContainText('Done');
  expect(readdirSync(remote.path)).toHaveLength(6);
  for (const name of names) {
    expect(readFileSync(join(remote.path, name), 'utf8')).toBe('theirs');
  }

  await upload.setInputFiles(paths);
  await dialog.getByRole('checkbox', { name: /The same for the/ }).check();
  await dialog.getByRole('button', { name: 'Overwrite' }).click();
  await expect
    .poll(() => names.map((name) => readFileSync(join(remote.path, name), 'utf8')))
    .toEqual(names.map((name) => `ours ${name}`));
});

test('a download is the same byte for byte, one file as it is and several as an archive', async ({
  app,
  sshd,
  page,
  remote,
  local,
}) => {
  // A browser that lends no files saves by itself.
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'showSaveFilePicker');
    Reflect.deleteProperty(window, 'showDirectoryPicker');
  });
  const bytes = randomBytes(5_000_001);
  writeFileSync(join(remote.path, 'model.bin'), bytes);
  remote.directory('logs');
  writeFileSync(join(remote.path, 'logs/a.log'), 'first\n');
  writeFileSync(join(remote.path, 'logs/b.log'), '');
  remote.giveAway();
  await openFilesPage(page, app, sshd, remote.path);

  await fileRow(page, 'model.bin').click();
  const single = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const file = await single;
  expect(file.suggestedFilename()).toBe('model.bin');
  await file.saveAs(join(local.path, 'model.bin'));
  expect(sha256(join(local.path, 'model.bin'))).toBe(sha256(join(remote.path, 'model.bin')));

  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+a');
  const several = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const archive = await several;
  expect(archive.suggestedFilename()).toBe('download.zip');
  await archive.saveAs(join(local.path, 'download.zip'));
  const zip = readFileSync(join(local.path, 'download.zip'));
  // Stored as it is, so every byte of the file stands in it.
  expect(zip.includes(bytes)).toBe(true);
  for (const name of ['model.bin', 'logs/a.log', 'logs/b.log']) {
    expect(zip.includes(Buffer.from(name))).toBe(true);
  }
});

test('a download goes into a folder that the browser lends, and writes over nothing in it', async ({
  app,
  sshd,
  page,
  remote,
}) => {
  await page.addInitScript(() => {
    Object.assign(window, { showDirectoryPicker: () => navigator.storage.getDirectory() });
  });
  writeFileSync(join(remote.path, 'same.txt'), 'from the instance');
  writeFileSync(join(remote.path, 'secret.txt'), 'no');
  remote.directory('tree/inner');
  writeFileSync(join(remote.path, 'tree/inner/leaf.bin'), randomBytes(400_000));
  remote.giveAway();
  chmodSync(join(remote.path, 'secret.txt'), 0o000);
  await openFilesPage(page, app, sshd, remote.path);
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const writable = await (
      await root.getFileHandle('same.txt', { create: true })
    ).createWritable();
    await writable.write('mine');
    await writable.close();
  });

  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const row = page.getByRole('region', { name: 'Transfers' }).getByRole('listitem').first();
  await expect(row).toContainText('Done, with some left out');
  await row.getByText('1 was left out').click();
  await expect(row).toContainText('secret.txt');

  const saved = await page.evaluate(async () => {
    const read = async (folder: FileSystemDirectoryHandle, name: string) =>
      (await folder.getFileHandle(name)).getFile();
    const root = await navigator.storage.getDirectory();
    const inner = await (await root.getDirectoryHandle('tree')).getDirectoryHandle('inner');
    const names: string[] = [];
    for await (const name of root.keys()) names.push(name);
    const leaf = await (await read(inner, 'leaf.bin')).arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', leaf));
    return {
      names: names.sort(),
      same: await (await read(root, 'same.txt')).text(),
      copy: await (await read(root, 'same (1).txt')).text(),
      leaf: [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    };
  });
  expect(saved.names).toEqual(['same (1).txt', 'same.txt', 'tree']);
  expect([saved.same, saved.copy]).toEqual(['mine', 'from the instance']);
  expect(saved.leaf).toBe(sha256(join(remote.path, 'tree/inner/leaf.bin')));
});

test('a text is edited in place, and written over no one else', async ({
  app,
  sshd,
  page,
  remote,
}) => {
  const path = join(remote.path, 'config.ini');
  writeFileSync(path, 'one\r\ntwo\r\nthree');
  chmodSync(path, 0o640);
  remote.giveAway();
  await openFilesPage(page, app, sshd, remote.path);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const field = page.getByRole('textbox', { name: 'Text of config.ini' });
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
  await expect(field).toHaveValue('one\ntwo\nthree\nfour!');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await question.getByRole('button', { name: 'Overwrite their version' }).click();
  await expect(question).toHaveCount(0);
  await expect.poll(() => readFileSync(path, 'utf8')).toBe('one\r\ntwo\r\nthree\r\nfour!');

  await field.press('Control+End');
  await page.keyboard.type('?');
  await page.getByRole('button', { name: 'Close' }).click();
  const unsaved = page.getByRole('dialog', { name: 'Close without saving?' });
  await unsaved.getByRole('button', { name: 'Keep editing' }).click();
  await page.getByRole('button', { name: 'Close' }).click();
  await unsaved.getByRole('button', { name: 'Drop the changes' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(readFileSync(path, 'utf8')).toBe('one\r\ntwo\r\nthree\r\nfour!');
});

test('a transfer goes on by itself where the line broke', async ({
  app,
  sshd,
  page,
  remote,
  local,
}) => {
  const proxy = await startProxy(sshd.port);
  try {
    appendFileSync(
      join(app.home, '.ssh/known_hosts'),
      `[127.0.0.1]:${proxy.port} ${sshd.hostPublicKey()}\n`,
    );
    writeFileSync(join(local.path, 'large.bin'), randomBytes(120_000_000));
    await openFilesPage(page, app, { ...sshd, port: proxy.port }, remote.path);
    await page.getByLabel('Upload', { exact: true }).setInputFiles(join(local.path, 'large.bin'));
    const row = transferRow(page, 'large.bin');
    await expect
      .poll(async () => Number(await row.getByRole('progressbar').getAttribute('aria-valuenow')))
      .toBeGreaterThan(4);
    await proxy.goAway();
    await expect(row).toContainText('it goes on by itself');
    await proxy.comeBack();
    await expect(row).toContainText('Done', { timeout: 60_000 });
    expect(sha256(join(remote.path, 'large.bin'))).toBe(sha256(join(local.path, 'large.bin')));
  } finally {
    await proxy.stop();
  }
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
