/** Rows A1 and A11: the fleet of a cloud, what each state costs and allows; and the first run in the sandbox. */
import type { Page } from '@playwright/test';
import { expect, test as plainTest } from '../support/e2e.ts';
import { test } from '../support/sandbox-page.ts';
import { startWebApp } from '../support/web-app.ts';

const rowOf = (page: Page, name: string) =>
  page.getByRole('table', { name: 'Instances' }).getByRole('row').filter({ hasText: name });

plainTest(
  'someone new sees a simulated fleet at once, and how to begin for real',
  async ({ page }) => {
    const app = await startWebApp({ sandbox: true });
    try {
      await page.goto(app.url);
      await expect(rowOf(page, 'sdxl-train-03')).toBeVisible({ timeout: 30_000 });
      const invitation = page.getByRole('complementary');
      await expect(invitation).toContainText('Everything here is simulated.');
      await invitation.getByRole('button', { name: 'Paste an SSH command' }).click();
      const add = page.getByRole('dialog', { name: 'Add servers' });
      await expect(add.getByRole('textbox', { name: /^SSH commands/ })).toBeFocused();
      await page.keyboard.insertText('ssh -J ops@bastion root@inner');
      await expect(add).toContainText('through ops@bastion');
      await page.keyboard.press('Escape');
      await invitation.getByRole('button', { name: 'Connect an account' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.keyboard.press('Escape');
      await invitation.getByRole('button', { name: 'Dismiss' }).click();
      await expect(invitation).toHaveCount(0);
      await page.goto(await app.newLink());
      await expect(rowOf(page, 'sdxl-train-03')).toBeVisible();
      await expect(invitation).toHaveCount(0);
    } finally {
      await app.stop();
    }
  },
);

test('A1: a tab for each state with its count; cost says whether it is billed', async ({
  core,
  page,
}) => {
  await core.open(page);
  const tab = (name: RegExp) => page.getByRole('tab', { name });
  for (const state of [/^Running \d+/, /^Snapshotting \d+/, /^Released \d+/, /^All \d+/]) {
    await expect(tab(state)).toBeVisible();
  }
  await tab(/^Running/).click();
  const running = rowOf(page, 'sdxl-train-03');
  await expect(running).toContainText(/ins-\w+/);
  await expect(running.getByText('billed', { exact: true })).toBeVisible();
  await expect(running).toContainText(/\d+\.\d{3} credits/);
  await expect(running.getByRole('button', { name: 'Take Snapshot' })).toBeEnabled();
  await expect(running.getByRole('button', { name: 'Release' })).toBeEnabled();

  await tab(/^Released/).click();
  const released = rowOf(page, 'sdxl-train-01');
  await expect(released).toContainText('not billed');
  await expect(rowOf(page, 'sdxl-train-03')).toHaveCount(0);
});

test('A11: what is saved or released shows Config and Hardware, and offers nothing', async ({
  core,
  page,
}) => {
  await core.open(page);
  await page.getByRole('tab', { name: /^Released/ }).click();
  const released = rowOf(page, 'sdxl-train-01');
  await expect(released.getByRole('button', { name: 'Take Snapshot' })).toHaveAttribute(
    'aria-description',
    /Only when Running/,
  );
  await expect(released.getByRole('button', { name: 'Terminal' })).toHaveCount(0);
  await released.click();
  const detail = page.getByRole('region', { name: 'Details of sdxl-train-01' });
  await expect(detail.getByRole('tab')).toHaveText(['Config', 'Hardware']);
  await detail.getByRole('tab', { name: 'Hardware' }).click();
  await expect(detail.getByRole('tabpanel')).toContainText('GPU memory');
});
