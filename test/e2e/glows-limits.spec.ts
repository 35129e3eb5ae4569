/** What a cloud does not offer, and what it fails to tell: said in place, never an empty list. */
import type { Page } from '@playwright/test';
import { startApiOnlyCloud } from '../support/api-only-cloud.ts';
import { expect, test } from '../support/sandbox-page.ts';

async function openDetail(page: Page, name: string) {
  await page.getByRole('table', { name: 'Instances' }).getByText(name, { exact: true }).click();
  return page.getByRole('region', { name: `Details of ${name}` });
}

test('what only the cloud’s console has is said where it would stand, with the way there', async ({
  core,
  sandbox,
  page,
}) => {
  const cloud = await startApiOnlyCloud(sandbox.url);
  try {
    await core.client.call('accounts.disconnect', { account: core.account });
    await core.client.call('accounts.connect', {
      cloud: 'glows',
      name: 'API only',
      input: { baseUrl: `${cloud.url}/sdk/v1` },
      secrets: { token: sandbox.token },
    });
    await core.open(page);
    const detail = await openDetail(page, 'llm-eval');
    const notOffered = detail.getByText('not offered by this API');
    await expect(notOffered).toHaveText(/^Port Forwarding/);
    await expect(detail.getByRole('button', { name: 'New Port Forwarding' })).toHaveCount(0);
    await page
      .context()
      .route('https://glows.ai/**', (route) => route.fulfill({ body: 'console' }));
    const popup = page.waitForEvent('popup');
    await detail.getByRole('button', { name: 'Open the console' }).click();
    expect((await popup).url()).toBe('https://glows.ai/');

    await detail.getByRole('tab', { name: 'Billing' }).click();
    await expect(notOffered).toHaveText(/^Billing/);
    await detail.getByRole('tab', { name: 'Network Group' }).click();
    await expect(notOffered).toHaveText(/^Network Group/);
    await detail.getByRole('tab', { name: 'Monitor' }).click();
    await expect(detail).toContainText('Sampled over SSH');

    await detail.getByRole('button', { name: 'Take Snapshot' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take Snapshot' });
    await expect(dialog).toContainText('This API does not tell how much personal storage is left');
    await expect(dialog.getByRole('button', { name: 'Take Snapshot' })).toBeEnabled();
  } finally {
    await cloud.stop();
  }
});

test('what the cloud fails to tell is a failure in its place, and comes with Retry', async ({
  core,
  sandbox,
  page,
}) => {
  await core.open(page);
  await sandbox.api.control('faults', { rate5xx: 1, path: '/ext' });
  const detail = await openDetail(page, 'llm-eval');
  const failure = detail.getByRole('alert').first();
  const whatFailed = 'The cloud has a problem of its own';
  await expect(failure).toContainText(whatFailed, { timeout: 30_000 });
  await expect(detail).not.toContainText('forwards no port');
  await expect(detail).toContainText(/ssh -p \d+/);
  await detail.getByRole('tab', { name: 'Network Group' }).click();
  await expect(failure).toContainText(whatFailed, { timeout: 30_000 });
  await expect(detail).not.toContainText('no group');
  await detail.getByRole('tab', { name: 'Billing' }).click();
  await expect(failure).toContainText(whatFailed, { timeout: 30_000 });
  await expect(detail).not.toContainText('Nothing has been counted');

  await detail.getByRole('button', { name: 'Take Snapshot' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take Snapshot' });
  await expect(dialog.getByRole('alert')).toContainText(whatFailed, { timeout: 30_000 });
  await sandbox.api.control('faults', { rate5xx: 0 });
  await dialog.getByRole('button', { name: 'Retry' }).click();
  await expect(dialog.getByRole('region', { name: 'Personal storage' })).toBeVisible();
  await page.keyboard.press('Escape');
  await detail.getByRole('button', { name: 'Retry' }).click();
  await expect(detail).toContainText('stated by the cloud');
  await expect(detail.getByRole('alert')).toHaveCount(0);
});
