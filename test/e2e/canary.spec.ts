/** The canary: secrets are planted, a whole day is worked with them, and then none of them is found anywhere. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openTerminal, typeLine } from '../support/app-page.ts';
import { run } from '../support/child.ts';
import { expect, test } from '../support/e2e.ts';
import {
  fieldValues,
  readablePage,
  recordFrames,
  secretsIn,
  secretsInFiles,
} from '../support/find-secrets.ts';
import { startJupyter } from '../support/jupyter.ts';
import type { Sshd } from '../support/sshd.ts';
import { createTempDir } from '../support/temp-dir.ts';
import { startWebApp } from '../support/web-app.ts';

/** Not a secret: it must be found in each place, or the search itself is blind. */
const tracer = 'TRACER-of-the-search';

/** The server's own key under a passphrase, as text. */
async function lockKey({ privateKey }: Sshd, passphrase: string): Promise<string> {
  const directory = createTempDir('locked-key');
  const file = join(directory.path, 'key');
  writeFileSync(file, privateKey, { mode: 0o600 });
  await run('ssh-keygen', ['-q', '-p', '-P', '', '-N', passphrase, '-f', file]);
  const locked = await run('cat', [file]);
  directory.remove();
  return locked;
}

async function pasteServer(page: Page, sshd: Sshd, name: string) {
  const dialog = page.getByRole('dialog', { name: 'Add servers' });
  await page
    .getByRole('textbox', { name: /SSH commands/ })
    .last()
    .fill(`ssh -p ${sshd.port} ${sshd.user}@127.0.0.1`);
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Name').fill(name);
  return dialog;
}

test('no secret is ever written, shown or sent to a page', async ({ sshd, browser }) => {
  test.skip(sshd.password === '', 'an account with a password can be made by root only');
  test.setTimeout(300_000);
  const directory = createTempDir('canary');
  const place = { dataDir: join(directory.path, 'data'), home: join(directory.path, 'home') };
  const jupyter = await startJupyter({ account: sshd.account, token: 'CANARY-jupyter-token-4711' });
  const passphrase = 'CANARY passphrase "with" quotes & 中文';
  const lockedKey = await lockKey(sshd, passphrase);
  const secrets = {
    'account password': sshd.password,
    'master password': 'CANARY-master-password',
    'wrong master password': 'CANARY-wrong-master',
    'wrong account password': 'CANARY-wrong-password',
    passphrase,
    'private key': lockedKey.split('\n')[3] ?? '',
    'jupyter token': jupyter.token,
  };
  const outputs: string[] = [];
  const pages: string[] = [];

  let app = await startWebApp(place);
  let page = await browser.newPage({ locale: 'en-US' });
  const frames = [recordFrames(page)];
  const look = async () => pages.push(await readablePage(page));
  /** Once nothing is being typed, no field may hold on to what was. */
  const lookEverywhere = async () => {
    await look();
    pages.push(await fieldValues(page));
  };

  await page.goto(app.url);
  const withPassword = await pasteServer(page, sshd, tracer);
  await withPassword.getByLabel('Login').selectOption('password');
  await withPassword.getByLabel('Password', { exact: true }).fill(secrets['account password']);
  await look();
  await withPassword.getByRole('button', { name: 'Add server' }).click();
  const setUp = page.getByRole('dialog', { name: 'How shall secrets be kept?' });
  await setUp.getByLabel('Master password', { exact: true }).fill(secrets['master password']);
  await setUp.getByLabel('The same once more').fill(secrets['master password']);
  await look();
  await setUp.getByRole('button', { name: 'Set master password' }).click();
  await page.getByRole('button', { name: 'Trust' }).click();
  await withPassword.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('main').getByRole('button', { name: 'Add server' }).click();
  const withKey = await pasteServer(page, sshd, 'by-key');
  await withKey.getByLabel('Login').selectOption('stored-key');
  await withKey.getByLabel('Private key').fill(lockedKey);
  await withKey.getByLabel('Passphrase of the key').fill(passphrase);
  await look();
  await withKey.getByRole('button', { name: 'Add server' }).click();
  await withKey.getByRole('button', { name: 'Done' }).click();

  for (const name of [tracer, 'by-key']) {
    await openTerminal(page, name);
    await typeLine(page, `echo ${tracer}`);
  }
  await page.getByRole('row', { name: tracer }).click();
  const popup = page.context().waitForEvent('page');
  await page.getByRole('button', { name: 'Open JupyterLab' }).click();
  const notebook = await popup;
  await expect(notebook).toHaveTitle(/Home Page|Jupyter/);
  expect(notebook.url()).not.toContain(jupyter.token);
  await lookEverywhere();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByText(/secrets are kept/)).toBeVisible();
  await lookEverywhere();
  await page.context().close();
  await app.stop();
  outputs.push(app.output());

  // The next day: a wrong master password, a wrong password, and what is saved is used again.
  app = await startWebApp(place);
  page = await browser.newPage({ locale: 'en-US' });
  frames.push(recordFrames(page));
  await page.goto(app.url);
  await page.getByRole('button', { name: 'New terminal' }).click();
  await page.getByRole('option', { name: tracer }).click();
  const unlock = page.getByRole('dialog', { name: 'Unlock the secrets' });
  const unlockWith = async (typed: string) => {
    await unlock.getByLabel('Master password', { exact: true }).fill(typed);
    await look();
    await unlock.getByRole('button', { name: 'Unlock' }).click();
  };
  await unlockWith(secrets['wrong master password']);
  // It is asked in a new question, and what is typed into the former goes with that.
  await expect(unlock).toContainText('This is not the master password.');
  await unlockWith(secrets['master password']);
  await page.getByRole('tab', { name: `${tracer} open` }).waitFor();

  await page.getByRole('main').getByRole('button', { name: 'Add server' }).click();
  const asking = await pasteServer(page, sshd, 'asking');
  await asking.getByLabel('Login').selectOption('password');
  await asking.getByRole('button', { name: 'Add server' }).click();
  await asking.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'New terminal' }).click();
  await page.getByRole('option', { name: 'asking' }).click();
  const question = page.getByRole('dialog', { name: 'Password' });
  await question.getByLabel(/Password of/).fill(secrets['wrong account password']);
  await look();
  await question.getByRole('button', { name: 'Continue' }).click();
  await expect(question).toContainText('did not accept');
  await lookEverywhere();
  await page.keyboard.press('Escape');
  await page.context().close();
  await app.stop();
  outputs.push(app.output());
  await jupyter.stop();

  const everyFrame = Buffer.concat(frames.flat());
  const everyPage = pages.join('\n');
  expect.soft(secretsIn(everyFrame, secrets), 'frames sent to the page').toEqual([]);
  expect.soft(secretsIn(everyPage, secrets), 'the page').toEqual([]);
  expect.soft(secretsIn(outputs.join('\n'), secrets), 'what was printed').toEqual([]);
  expect.soft(secretsInFiles(place.dataDir, secrets), 'the data directory').toEqual([]);

  const found = { tracer };
  expect(secretsIn(everyFrame, found)).toEqual(['tracer']);
  expect(secretsIn(everyPage, found)).toEqual(['tracer']);
  expect(secretsInFiles(place.dataDir, found).length).toBeGreaterThan(0);
  directory.remove();
});
