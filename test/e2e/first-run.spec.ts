/** The first minutes of a newcomer: invited, understood as they paste, and nothing typed is lost. */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/e2e.ts';

const field = (page: Page) => page.getByRole('textbox', { name: 'SSH commands' });

test('an empty product invites to paste an SSH command', async ({ app, page }) => {
  await page.goto(app.url);
  await expect(page.getByRole('heading', { name: 'Paste an SSH command' })).toBeVisible();
  await expect(field(page)).toBeFocused();
  await expect(page.getByRole('button', { name: 'Add server' })).toHaveAttribute(
    'aria-description',
    'Paste an SSH command first.',
  );
  await expect(page.getByRole('button', { name: 'Add server' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
});

test('a pasted command of a real server becomes an instance that answers', async ({
  app,
  page,
  sshd,
}) => {
  await page.goto(app.url);
  await field(page).fill(`ssh -p ${sshd.port} ${sshd.user}@127.0.0.1`);
  // At once: what was pasted is read first, then taken.
  await page.keyboard.press('Enter');

  const wizard = page.getByRole('dialog', { name: 'Add servers' });
  await expect(wizard.getByLabel('Port')).toHaveValue(String(sshd.port));
  await wizard.getByLabel('Name').fill('first-box');
  await wizard.getByLabel('Price per hour').fill('0.65');
  await wizard.getByRole('button', { name: 'Add server' }).click();

  await expect(wizard.getByText('1 of 1 server checked')).toBeVisible();
  await expect(wizard.getByText(/SSH answers: OpenSSH/)).toBeVisible();
  await wizard.getByRole('button', { name: 'Done' }).click();

  const row = page.getByRole('row', { name: /first-box/ });
  await expect(row).toContainText('Reachable');
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText('$0.65/h').first()).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Access' })).toHaveAttribute('aria-selected', 'true');
});

test('an unsafe command is refused and named, and the good ones beside it are taken', async ({
  app,
  page,
}) => {
  await page.goto(app.url);
  await field(page).fill(
    'ssh -oProxyCommand=touch\\ /tmp/x host\nssh me@10.0.0.1\nssh -A root@10.0.0.2',
  );
  await expect(page.getByText(/ProxyCommand can run commands/)).toBeVisible();
  await page.getByRole('button', { name: 'Add 2 servers' }).click();
  const wizard = page.getByRole('dialog', { name: 'Add servers' });
  await expect(wizard.getByRole('listitem').filter({ hasText: '@10.0.0.' })).toHaveCount(2);
  await expect(wizard).not.toContainText('ProxyCommand');
});

test('what was typed is still there after the core said no', async ({ app, page }) => {
  await page.goto(app.url);
  await page.getByRole('button', { name: 'Add by form' }).click();
  const wizard = page.getByRole('dialog', { name: 'Add servers' });
  await wizard.getByLabel('Host').fill('-oProxyCommand=x');
  await wizard.getByLabel('Tags').fill('kept');
  await wizard.getByRole('button', { name: 'Add server' }).click();
  await expect(wizard.getByRole('alert')).toContainText('Not a host name');
  await expect(wizard.getByLabel('Host')).toHaveValue('-oProxyCommand=x');
  await expect(wizard.getByLabel('Tags')).toHaveValue('kept');
});

test('a missing field is named before anything is sent', async ({ app, page }) => {
  await page.goto(app.url);
  await page.getByRole('button', { name: 'Add by form' }).click();
  const wizard = page.getByRole('dialog', { name: 'Add servers' });
  await wizard.getByLabel('Port').fill('70000');
  await wizard.getByRole('button', { name: 'Add server' }).click();
  await expect(wizard.getByText('Which host?')).toBeVisible();
  await expect(wizard.getByText('A number from 1 to 65535')).toBeVisible();
});

test('the first secret asks how secrets are kept, and typed ones never enter the document', async ({
  app,
  page,
}) => {
  const canary = 'CANARY-first-secret';
  await page.goto(app.url);
  await field(page).fill('ssh root@127.0.0.1 -p 9');
  await page.keyboard.press('Enter');
  const wizard = page.getByRole('dialog', { name: 'Add servers' });
  await wizard.getByLabel('Password').fill(canary);
  await wizard.getByRole('button', { name: 'Add server' }).click();

  const setUp = page.getByRole('dialog', { name: 'How shall secrets be kept?' });
  await setUp.getByLabel('Master password', { exact: true }).fill('short');
  await setUp.getByRole('button', { name: 'Set master password' }).click();
  await expect(setUp.getByText('At least 8 characters')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(setUp).toBeHidden();
  // Escape closed the upper dialog only, and the password is still typed.
  await expect(wizard.getByLabel('Password')).toHaveValue(canary);
  expect(await page.content()).not.toContain(canary);

  await wizard.getByRole('button', { name: 'Add server' }).click();
  await setUp.getByLabel('Master password', { exact: true }).fill('long enough');
  await setUp.getByLabel('The same once more').fill('long enough');
  await setUp.getByRole('button', { name: 'Set master password' }).click();
  await expect(wizard.getByText(/server checked/)).toBeVisible();
  await wizard.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByText('Kept under a master password, open')).toBeVisible();
  await page.getByRole('button', { name: 'Lock' }).click();
  await page.getByRole('button', { name: 'Unlock' }).click();
  const unlock = page.getByRole('dialog', { name: 'Unlock the secrets' });
  await unlock.getByLabel('Master password', { exact: true }).fill('wrong password');
  await unlock.getByRole('button', { name: 'Unlock' }).click();
  await expect(unlock.getByText('This is not the master password.')).toBeVisible();
  await unlock.getByLabel('Master password', { exact: true }).fill('long enough');
  await unlock.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('Kept under a master password, open')).toBeVisible();
});
