/** Connecting an account from the page: a wrong token, the right one, and forgetting it again. */
import { accountName, expect, test } from '../support/sandbox-page.ts';

test('the sandbox cloud is switched on, off and on again, and its world is kept', async ({
  app,
  page,
}) => {
  await page.goto(app.url);
  const rail = page.getByRole('navigation');
  const row = page.getByRole('row', { name: /sdxl-train-03/ });
  const sandbox = page.getByRole('switch', { name: 'Sandbox cloud' });
  const press = async () => {
    await rail.getByRole('button', { name: 'Settings' }).click();
    await sandbox.press('Space');
  };
  /** Its process is started first. */
  const seeWorld = async () => {
    await rail.getByRole('button', { name: /^Instances/ }).click();
    await expect(row).toBeVisible({ timeout: 30_000 });
  };
  await press();
  await expect(sandbox).toBeChecked();
  await expect(sandbox).toBeFocused();
  await seeWorld();
  await press();
  await expect(sandbox).not.toBeChecked();
  await expect(rail.getByText('Sandbox')).toHaveCount(0);
  await press();
  await seeWorld();
});

test('an account is connected once it was seen to work, and forgotten again', async ({
  app,
  sandbox,
  page,
}) => {
  await page.goto(app.url);
  await page.getByRole('navigation').getByRole('button', { name: 'Connect an account' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connect an account' });
  await dialog.getByRole('button', { name: 'Check and connect' }).click();
  await expect(dialog.getByText('This is needed.')).toHaveCount(2);

  await dialog.getByLabel(/^Name/).fill(accountName);
  await dialog.getByLabel('API token').fill('not-the-token');
  await dialog.getByLabel(/API address/).fill(`${sandbox.url}/sdk/v1`);
  await dialog.getByRole('button', { name: 'Check and connect' }).click();
  const vault = page.getByRole('dialog', { name: 'How shall secrets be kept?' });
  await vault.getByText('In memory until the application ends').click();
  await vault.getByRole('button', { name: /memory/i }).click();
  await expect(dialog.getByRole('alert')).toContainText('not signed in');
  await expect(page.getByRole('button', { name: accountName })).toHaveCount(0);

  await dialog.getByLabel('API token').fill(sandbox.token);
  await dialog.getByRole('button', { name: 'Check and connect' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('navigation').getByText(accountName)).toBeVisible();

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Disconnect' }).click();
  const asked = page.getByRole('dialog', { name: 'Disconnect this account?' });
  await expect(asked).toContainText('At the cloud nothing changes.');
  await asked.getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByRole('navigation').getByText(accountName)).toHaveCount(0);
});
