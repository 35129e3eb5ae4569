/** The keyboard after a dialog: it is where it was, or where the work goes on, and never nowhere. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/e2e.ts';
import { test as filesTest } from '../support/files-fixtures.ts';
import { fileRow } from '../support/files-page.ts';
import { openWithServer, serverName } from '../support/live-page.ts';
import { startTwoStepServer } from '../support/two-step-server.ts';

const detail = (page: Page) => page.getByRole('region', { name: /Details of/ });

/** The first question of a terminal on a server that asks for a password and a code. */
const askedTest = test.extend<{ readonly question: Locator }>({
  question: async ({ app, page }, use) => {
    const server = await startTwoStepServer({ user: 'me', answers: ['pass', '123456'] });
    await page.goto(app.url);
    await page
      .getByRole('textbox', { name: 'SSH commands' })
      .fill(`ssh -p ${server.port} me@127.0.0.1`);
    await page.keyboard.press('Enter');
    const wizard = page.getByRole('dialog', { name: 'Add servers' });
    await wizard.getByRole('button', { name: 'Add server' }).click();
    await page.getByRole('button', { name: 'Trust' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await detail(page).getByRole('button', { name: 'Terminal' }).click();
    const question = page.getByRole('dialog', { name: 'The server asks' });
    await question.waitFor();
    await use(question);
    await server.stop();
  },
});

async function answer(page: Page, question: Locator): Promise<void> {
  await question.getByLabel('Password:').fill('pass');
  await question.getByLabel('Code:').fill('123456');
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
}

askedTest(
  'after the questions on its way, a terminal that was reconnected has the keyboard',
  async ({ page, question }) => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Reconnect/ }).click();
    await question.getByLabel('Password:').fill('wrong');
    await page.keyboard.press('Enter');
    await expect(question.getByLabel('Password:')).toHaveValue('');
    await answer(page, question);
    await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
  },
);

askedTest(
  'a question that was asked again after a reload gives the keyboard to its terminal',
  async ({ page, question }) => {
    await page.reload();
    await answer(page, question);
    await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
  },
);

test('after a wizard of several steps, the button that began it has the keyboard', async ({
  app,
  page,
  sshd,
}) => {
  await openWithServer(page, app, sshd);
  const begin = page.getByRole('button', { name: 'Add server' });
  await begin.click();
  const wizard = page.getByRole('dialog', { name: 'Add servers' });
  await wizard.getByRole('textbox').fill(`ssh -p ${sshd.port} someone@127.0.0.1`);
  await page.keyboard.press('Enter');
  await wizard.getByRole('button', { name: 'Add server' }).click();
  await wizard.getByRole('button', { name: 'Done' }).click();
  await expect(wizard).toBeHidden();
  await expect(begin).toBeFocused();
});

test('after a dialog chosen in a menu, the button of the menu has the keyboard', async ({
  app,
  page,
  sshd,
}) => {
  await openWithServer(page, app, sshd);
  await page.getByRole('row', { name: serverName }).click();
  const more = detail(page).getByRole('button', { name: 'More actions' });
  await more.click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  const question = page.getByRole('dialog', { name: 'Remove' });
  await question.waitFor();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(more).toBeFocused();
});

filesTest(
  'after a dialog chosen in a menu under the pointer, the table has the keyboard',
  async ({ openRemote, page, remote }) => {
    writeFileSync(join(remote.path, 'notes.txt'), '');
    await openRemote();
    await fileRow(page, 'notes.txt').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Permissions' }).click();
    const dialog = page.getByRole('dialog', { name: 'Permissions' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('grid')).toBeFocused();
  },
);

test('a double click on Terminal opens one', async ({ app, page, sshd }) => {
  const client = await openWithServer(page, app, sshd);
  await page
    .getByRole('row', { name: serverName })
    .getByRole('button', { name: 'Terminal' })
    .dblclick();
  await page.getByRole('tab', { name: serverName }).first().waitFor();
  const { items } = await client.call('terminals.list', {});
  expect(items).toHaveLength(1);
});

for (const place of ['the menu of its row', 'its detail'] as const) {
  test(`the sessions of an instance are shown from ${place}, and leave the keyboard there`, async ({
    app,
    page,
    sshd,
  }) => {
    await openWithServer(page, app, sshd);
    const row = page.getByRole('row', { name: serverName });
    const inRow = place === 'the menu of its row';
    if (!inRow) {
      await row.click();
      await detail(page).getByRole('tab', { name: 'Access' }).click();
    }
    const button = inRow
      ? row.getByRole('button', { name: 'More actions' })
      : detail(page).getByRole('button', { name: 'Sessions' });
    await button.click();
    if (inRow) await page.getByRole('menuitem', { name: 'Sessions on this instance' }).click();
    const dialog = page.getByRole('dialog', { name: `Sessions on ${serverName}` });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(button).toBeFocused();
  });
}
