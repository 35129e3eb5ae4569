/** The snapshots page: names, deletion in two steps, the way back, the storage, and what could not be read. */
import type { Page } from '@playwright/test';
import { type ConnectedCore, expect, test } from '../support/sandbox-page.ts';

async function openSnapshots(core: ConnectedCore, page: Page): Promise<void> {
  await core.open(page);
  await page.getByRole('button', { name: 'Snapshots & images' }).click();
}

const rowOf = (page: Page, name: RegExp) => page.getByRole('row', { name });

test('storage shows what is used, of how much, by what, and until when', async ({ core, page }) => {
  await openSnapshots(core, page);
  const storage = page.getByRole('region', { name: 'Storage of Test cloud' });
  await expect(storage).toContainText(/Using [\d.]+ GiB of 50 GiB · [\d.]+ GiB free/);
  await expect(storage).toContainText(/Expires on \w+ \d+, \d{4}/);
  await storage.getByText(/What uses it/).click();
  await expect(storage.getByRole('listitem').filter({ hasText: 'sdxl-env-cu124' })).toContainText(
    'GiB',
  );
});

test('a snapshot gets another name', async ({ core, page }) => {
  await openSnapshots(core, page);
  await rowOf(page, /sdxl-env-cu124/)
    .getByRole('button', { name: 'Edit name' })
    .click();
  const dialog = page.getByRole('dialog', { name: 'Edit the snapshot’s name' });
  await dialog.getByLabel('Name').fill('');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('A snapshot needs a name.');
  await dialog.getByLabel('Name').fill('影像環境 v2');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(rowOf(page, /影像環境 v2/)).toContainText('Available');
});

test('a deleted snapshot can be restored until it is deleted for good', async ({ core, page }) => {
  await openSnapshots(core, page);
  const row = rowOf(page, /sdxl-env-cu124/);
  await row.getByRole('button', { name: 'Delete' }).click();
  const asked = page.getByRole('dialog', { name: 'Delete this snapshot?' });
  await expect(asked).toContainText('It moves to Restorable');
  await asked.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('status')).toContainText(
    /sdxl-env-cu124 is deleted; it stays restorable until \w+ \d+, \d{4}/,
  );
  await expect(row).toHaveCount(0);

  await page.getByRole('tab', { name: /Restorable/ }).click();
  await expect(row).toContainText(/until \w+ \d+, \d{4}/);
  await row.getByRole('button', { name: 'Restore' }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('tab', { name: /Available/ }).click();
  await expect(row).toContainText('Available');

  await row.getByRole('button', { name: 'Delete' }).click();
  await asked.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('tab', { name: /Restorable/ }).click();
  await row.getByRole('button', { name: 'Delete for good' }).click();
  const forGood = page.getByRole('dialog', { name: 'Delete this snapshot for good?' });
  await expect(forGood).toContainText('This cannot be undone');
  await forGood.getByRole('button', { name: 'Delete for good' }).click();
  await expect(row).toHaveCount(0);
  const { snapshots } = await core.client.call('snapshots.list', {});
  expect(snapshots.map(({ name }) => name)).not.toContain('sdxl-env-cu124');
});

test('a new instance begins from the snapshot it was asked from', async ({ core, page }) => {
  await openSnapshots(core, page);
  await rowOf(page, /sdxl-env-cu124/)
    .getByRole('button', { name: 'Create from it' })
    .click();
  const wizard = page.getByRole('dialog', { name: 'Create instance' });
  await expect(wizard.getByRole('radio', { name: /sdxl-env-cu124/ })).toBeChecked();
  await expect(wizard.getByRole('complementary', { name: 'Summary' })).toContainText(
    'sdxl-env-cu124',
  );
});

test('official images stand beside the snapshots, each with its way to an instance', async ({
  core,
  page,
}) => {
  await openSnapshots(core, page);
  await page.getByRole('tab', { name: 'Official Image 5' }).click();
  await rowOf(page, /ComfyUI/)
    .getByRole('button', { name: 'Create from it' })
    .click();
  const wizard = page.getByRole('dialog', { name: 'Create instance' });
  await expect(wizard.getByRole('radio', { name: /ComfyUI/ })).toBeChecked();
});

test('an account that cannot be read is said, never shown as an empty list', async ({
  core,
  sandbox,
  page,
}) => {
  await openSnapshots(core, page);
  await expect(rowOf(page, /sdxl-env-cu124/)).toBeVisible();
  await sandbox.kill();
  await expect(
    page.getByRole('heading', { name: 'The snapshots of Test cloud could not be read' }),
  ).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('No snapshots')).toHaveCount(0);
});
