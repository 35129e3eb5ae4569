/** Whose files: an instance is found by typing, and Enter takes the first that was found. */
import { expect } from '@playwright/test';
import { test } from '../support/sandbox-page.ts';

test('an instance is found by typing and taken by Enter, on the empty page and above a directory', async ({
  page,
  core,
}) => {
  await core.open(page);
  await page.getByRole('button', { name: 'Files', exact: true }).first().click();
  const find = page.getByRole('textbox', { name: 'Find an instance' });
  await find.fill('lora');
  await find.press('Enter');
  const picker = page.getByRole('button', { name: 'Instance', exact: true });
  await expect(picker).toHaveText(/lora-finetune-zh/);
  await expect(page.getByRole('row', { name: /README\.txt/ })).toBeVisible();

  await picker.click();
  await page.getByPlaceholder('Find an instance').fill('rag');
  await page.getByPlaceholder('Find an instance').press('Enter');
  await expect(picker).toHaveText(/rag-backend/);
});
