/** When the page stands alone: what was read stays, and it says so; a session that is over says what to do. */
import { expect, test } from '../support/e2e.ts';
import { startWebApp } from '../support/web-app.ts';

test('a page without a session says how to get a link', async ({ app, page }) => {
  await page.goto(`http://127.0.0.1:${app.port}/`);
  await expect(page.getByRole('heading', { name: 'This session is over' })).toBeVisible();
  await expect(page.getByText(/Press Enter in the terminal/)).toBeVisible();
  await page.goto(await app.newLink());
  await expect(page.getByRole('heading', { name: 'Paste an SSH command' })).toBeVisible();
});

test('a lost connection is said, the list stays, and a new start ends the session', async ({
  page,
  sshd,
}) => {
  const app = await startWebApp();
  await page.goto(app.url);
  await page
    .getByRole('textbox', { name: 'SSH commands' })
    .fill(`ssh -p ${sshd.port} ${sshd.user}@127.0.0.1`);
  await page.keyboard.press('Enter');
  const wizard = page.getByRole('dialog', { name: 'Add servers' });
  await wizard.getByLabel('Name').fill('still-listed');
  await wizard.getByRole('button', { name: 'Add server' }).click();
  await page.getByRole('dialog', { name: 'Is this the right server?' }).waitFor();
  await app.stop();

  await expect(page.getByText(/The connection to Pilothouse was lost/)).toBeVisible();
  await expect(page.getByText('cut off, shown as last read')).toBeVisible();
  await expect(page.getByRole('row', { name: /still-listed/ })).toBeVisible();

  const next = await startWebApp({ port: app.port });
  await expect(page.getByRole('heading', { name: 'This session is over' })).toBeVisible();
  await next.stop();
});
