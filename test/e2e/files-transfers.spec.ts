/** Files moved to an instance and from it, through the page: byte for byte, and over nothing that is there. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../support/files-fixtures.ts';
import { dropFiles, fileRow, holds, sha256, transferRow } from '../support/files-page.ts';

test('files are uploaded by choosing and by dropping them, folders with all that is in them', async ({
  page,
  remote,
  local,
  openRemote,
}) => {
  remote.directory('inbox');
  const bytes = randomBytes(3_000_000);
  writeFileSync(join(local.path, 'weights.bin'), bytes);
  mkdirSync(join(local.path, 'project/src/empty'), { recursive: true });
  writeFileSync(join(local.path, 'project/src/train.py'), 'print("hi")\n');
  writeFileSync(join(local.path, 'project/空 file.txt'), '');
  await openRemote();

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
  await expect(transferRow(page, 'weights.bin')).toContainText(['Done', 'Done']);
  expect(holds(join(remote.path, 'inbox/weights.bin'), bytes)).toBe(true);

  await page.getByRole('button', { name: 'Dismiss all that ended' }).click();
  await expect(page.getByText('Uploads and downloads stand here')).toBeVisible();
});

test('what is there already is asked about once for all', async ({
  page,
  remote,
  local,
  openRemote,
}) => {
  const names = ['a.txt', 'b.txt', 'c.txt'];
  for (const name of names) {
    writeFileSync(join(remote.path, name), 'theirs');
    writeFileSync(join(local.path, name), `ours ${name}`);
  }
  await openRemote();
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
  // The second press of a double click is no answer about the next file.
  await dialog.getByRole('button', { name: 'Overwrite' }).dblclick({ delay: 60 });
  await expect(dialog).toContainText('b.txt');
  await dialog.getByRole('checkbox', { name: /The same for the/ }).check();
  await dialog.getByRole('button', { name: 'Overwrite' }).click();
  await expect
    .poll(() => names.map((name) => readFileSync(join(remote.path, name), 'utf8')))
    .toEqual(names.map((name) => `ours ${name}`));

  // What is no file is not written over, and not compared with one.
  remote.directory('folder');
  const file = { name: 'folder', mimeType: 'text/plain', buffer: Buffer.from('ours') };
  await upload.setInputFiles(file);
  const other = page.getByRole('dialog', { name: 'Something else has that name already' });
  await expect(other).not.toContainText('larger');
  await expect(other.getByRole('button', { name: 'Overwrite' })).toHaveCount(0);
  await other.getByRole('button', { name: 'Keep both' }).click();
  await expect.poll(() => readdirSync(remote.path)).toContain('folder (2)');
});

test('a download is the same byte for byte, one file as it is and several as an archive', async ({
  page,
  remote,
  local,
  openRemote,
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
  await openRemote();

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
  page,
  remote,
  openRemote,
}) => {
  await page.addInitScript(() => {
    Object.assign(window, { showDirectoryPicker: () => navigator.storage.getDirectory() });
  });
  writeFileSync(join(remote.path, 'same.txt'), 'from the instance');
  writeFileSync(join(remote.path, 'secret.txt'), 'no');
  remote.directory('tree/inner');
  writeFileSync(join(remote.path, 'tree/inner/leaf.bin'), randomBytes(400_000));
  chmodSync(join(remote.path, 'secret.txt'), 0o000);
  await openRemote();
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
