/** Rows A8 and A9: a snapshot that returns, a snapshot that releases, a release; and the work open meanwhile. */
import type { Page } from '@playwright/test';
import { openTerminal } from '../support/app-page.ts';
import { stoppedRate } from '../support/fleet-page.ts';
import { expect, keyOf, test } from '../support/sandbox-page.ts';

const rowOf = (page: Page, name: string) =>
  page.getByRole('table', { name: 'Instances' }).getByRole('row').filter({ hasText: name });

test('A8: a terminal and a tunnel wait for the snapshot and return by themselves', async ({
  core,
  sandbox,
  page,
}) => {
  await core.open(page);
  await openTerminal(page, 'llm-eval');
  const instance = await keyOf(core, 'llm-eval');
  await core.client.call('tunnels.open', { instance, remotePort: 8888 });
  const tunnel = async () => (await core.client.call('tunnels.list', {})).items[0];
  await expect.poll(async () => (await tunnel())?.state).toBe('up');
  // It stands still while it is looked at.
  await sandbox.api.control('clock', { rate: stoppedRate });

  await rowOf(page, 'llm-eval').getByRole('button', { name: 'Take Snapshot' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take Snapshot' });
  await expect(dialog.getByLabel('Name')).toHaveValue(/^llm-eval-\d{4}-\d\d-\d\d$/);
  await expect(dialog).toContainText('/datadrive is not part of the snapshot');
  await expect(dialog.getByRole('region', { name: 'Personal storage' })).toContainText(
    /of .* used/,
  );
  const work = dialog.getByRole('region', { name: 'Open on it now' });
  await expect(work.getByRole('listitem')).toHaveText([/Terminal.*llm-eval/, /Tunnel.*→ 8888/]);
  await expect(work).toContainText('return by themselves when it is Running');

  await dialog.getByLabel('Name').fill('');
  await expect(dialog).toContainText('A snapshot needs a name.');
  await expect(dialog.getByRole('button', { name: 'Take Snapshot' })).toBeDisabled();
  await dialog.getByLabel('Name').fill('nightly');
  await dialog.getByRole('button', { name: 'Take Snapshot' }).click();
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await expect(dialog).toContainText(/Suspending/);
  await dialog.getByRole('button', { name: 'Close, go on in the background' }).click();

  await expect(page.getByRole('tab', { name: 'llm-eval waiting' })).toBeVisible();
  await expect(page.getByText('being saved to a snapshot').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /Reconnect/ })).toHaveCount(0);
  await expect.poll(tunnel).toMatchObject({
    state: 'reconnecting',
    lastFailure: { rule: { id: 'waits-for-snapshot' } },
  });

  await sandbox.api.control('clock', { advanceMs: 600_000 });
  await expect(page.getByRole('tab', { name: 'llm-eval open' })).toBeVisible({ timeout: 30_000 });
  await expect.poll(async () => (await tunnel())?.state, { timeout: 30_000 }).toBe('up');
  await expect(rowOf(page, 'llm-eval')).toContainText('Running');
});

test('A8: released after saving, the instance is over, and its terminal says so', async ({
  core,
  page,
}) => {
  await core.open(page);
  await openTerminal(page, 'notebook-weiting');
  const row = rowOf(page, 'notebook-weiting');
  await row.getByRole('button', { name: 'Release' }).click();
  const release = page.getByRole('dialog', { name: 'Release' });
  await expect(release).toContainText('This cannot be undone');
  await expect(release).toContainText('Is the data saved?');
  await expect(release.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await release.getByRole('button', { name: 'Take Snapshot and release' }).click();

  const dialog = page.getByRole('dialog', { name: 'Take Snapshot' });
  const tick = dialog.getByRole('checkbox', {
    name: 'Automatic release of machine after successful saving',
  });
  await expect(tick).toBeChecked();
  await expect(dialog).toContainText('are closed when it is Released');
  await dialog.getByLabel('Name').fill('last-of-it');
  await dialog.getByRole('button', { name: 'Take Snapshot and release' }).click();
  await expect(dialog).toContainText('the instance is released', { timeout: 45_000 });
  await dialog.getByRole('button', { name: 'Done' }).click();

  await expect(row).toContainText('Released');
  await expect(row).toContainText('not billed');
  await expect(page.getByText('The instance is released, so this is closed.')).toBeVisible();
  const { snapshots } = await core.client.call('snapshots.list', {});
  expect(snapshots.find(({ name }) => name === 'last-of-it')?.status.kind).toBe('available');
});

test('A9: Stop & Release ends it for good', async ({ core, page }) => {
  await core.open(page);
  const row = rowOf(page, 'comfy-demo');
  await row.getByRole('button', { name: 'Release' }).click();
  const dialog = page.getByRole('dialog', { name: 'Release' });
  await expect(dialog).toContainText('No terminal or tunnel is open on it from here.');
  await dialog.getByRole('button', { name: 'Stop & Release' }).click();
  await expect(dialog).toContainText('Released; it is not billed any more', {
    ignoreCase: true,
    timeout: 30_000,
  });
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(row).toContainText('Released');
  await expect(row.getByRole('button', { name: 'Release' })).toHaveAttribute(
    'aria-description',
    /Only when Running/,
  );
});

test('a name no cloud takes is refused in the dialog, and nothing is begun', async ({
  core,
  page,
}) => {
  await core.open(page);
  const instance = await keyOf(core, 'rag-backend');
  await rowOf(page, 'rag-backend').getByRole('button', { name: 'Take Snapshot' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take Snapshot' });
  await dialog.getByLabel('Name').fill('x'.repeat(65));
  await expect(dialog).toContainText('At most 64 characters.');
  await dialog.getByLabel('Name').fill('a\u202eb');
  await expect(dialog).toContainText('No invisible, control or text-direction characters.');
  await page.keyboard.press('Escape');
  const { items } = await core.client.call('jobs.list', {});
  expect(items.filter((job) => job.instance === instance)).toEqual([]);
});

test('A8: where the storage certainly does not suffice, the button says why and nothing is begun', async ({
  core,
  sandbox,
  page,
}) => {
  const { items: fleet } = await core.client.call('instances.list', {});
  // As many as fit: those beyond are refused by the cloud.
  for (const { id, name, state } of fleet) {
    if (state.kind !== 'running' || name === 'rag-backend') continue;
    await sandbox.api.call('POST', '/snapshot', { instance_id: id, name });
  }
  await core.open(page);
  await rowOf(page, 'rag-backend').getByRole('button', { name: 'Take Snapshot' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take Snapshot' });
  await expect(dialog.getByRole('alert')).toContainText(/does not fit|is full/);
  await expect(dialog.getByRole('button', { name: 'Take Snapshot' })).toHaveAttribute(
    'aria-description',
    /Delete snapshots or data first/,
  );
  await dialog.getByLabel('Name').press('Enter');
  await expect(dialog.getByLabel('Name')).toBeVisible();
  const { items } = await core.client.call('jobs.list', {});
  expect(items).toEqual([]);
});

test('A9: an instance locked here is saved but not released', async ({ core, page }) => {
  await core.client.call('instances.setLock', { key: await keyOf(core, 'llm-eval'), locked: true });
  await core.open(page);
  const row = rowOf(page, 'llm-eval');
  await expect(row.getByRole('button', { name: 'Release' })).toHaveAttribute(
    'aria-description',
    /You locked this instance here/,
  );
  await row.getByRole('button', { name: 'Take Snapshot' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take Snapshot' });
  await expect(dialog.getByRole('checkbox')).toBeDisabled();
  await expect(dialog).toContainText('You locked this instance here.');
  await expect(dialog).toContainText('returns to Running by itself');
});
