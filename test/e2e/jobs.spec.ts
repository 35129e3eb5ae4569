/** Jobs as the operator follows them: from the bar above to their end, and why one failed. */
import { stoppedRate } from '../support/fleet-page.ts';
import { startSandbox } from '../support/sandbox.ts';
import { expect, keyOf, test } from '../support/sandbox-page.ts';

test('a snapshot is followed from its first step to its end, and then put away', async ({
  core,
  sandbox,
  page,
}) => {
  await core.open(page);
  // It stands still while it is looked at.
  await sandbox.api.control('clock', { rate: stoppedRate });
  await core.client.call('actions.run', {
    account: core.account,
    action: 'take-snapshot',
    instance: await keyOf(core, 'llm-eval'),
    input: { name: 'before-upgrade', release: false },
  });

  await expect(page.getByRole('contentinfo')).toContainText(
    /Snapshot of llm-eval: Suspending \d+%/,
  );
  await page.getByRole('button', { name: 'Jobs 1 running' }).click();
  const row = page.getByRole('row', { name: /Take Snapshot/ });
  await expect(row).toContainText('Step 2 of 2');
  await expect(row).toContainText('Waiting until it is saved');
  await expect(row.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /\d+/);
  await expect(row.getByRole('button', { name: 'Cancel' })).toHaveAttribute(
    'aria-description',
    'What the cloud is doing now cannot be called off.',
  );

  await sandbox.api.control('clock', { advanceMs: 600_000 });
  await expect(page.getByRole('status')).toContainText(
    'Snapshot of llm-eval · snapshot before-upgrade is saved; the instance runs again',
  );
  await expect(row).toContainText('Done');
  await expect(row).toContainText(/ended \d\d:\d\d:\d\d \S+, after/);
  await expect(page.getByRole('button', { name: /^Jobs \d/ })).toHaveCount(0);

  await row.getByRole('button', { name: /off the list/ }).click();
  await expect(page.getByRole('heading', { name: 'No jobs' })).toBeVisible();
});

test('a job that the cloud refuses says why, also after the page was opened again', async ({
  core,
  page,
}) => {
  await core.open(page);
  await core.client.call('actions.run', {
    account: core.account,
    action: 'create-instance',
    input: {
      name: 'nowhere',
      source: { kind: 'image', id: 'img-ubuntu2404' },
      hardware: { kind: 'gpu', name: 'NVIDIA L40S' },
      region: 'TW-99',
      units: 1,
    },
  });
  const why = 'There is no NVIDIA L40S in TW-99.';
  await expect(page.getByRole('alert')).toContainText(why);

  await page.reload();
  await page.getByRole('navigation').getByRole('button', { name: 'Jobs' }).click();
  const row = page.getByRole('row', { name: /Create instance/ });
  await expect(row).toContainText('Failed');
  await expect(row).toContainText(why);
  // What ended before the page was opened is no news.
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a job leads to the instance it made', async ({ core, page }) => {
  await core.open(page);
  await core.client.call('actions.run', {
    account: core.account,
    action: 'create-instance',
    input: {
      name: 'found-again',
      source: { kind: 'image', id: 'img-ubuntu2404' },
      hardware: { kind: 'cpu', name: 'AMD EPYC 7402 8C' },
      region: 'TW-01',
      units: 1,
    },
  });
  await page.getByRole('navigation').getByRole('button', { name: 'Jobs' }).click();
  await page
    .getByRole('row', { name: /Create instance/ })
    .getByRole('button', { name: 'found-again' })
    .click();
  await expect(page.getByRole('heading', { name: 'found-again' })).toBeVisible();
});

test('a job waits out a lost cloud, and waits for a person when its token is no longer taken', async ({
  core,
  sandbox,
  page,
}) => {
  const { dataDir, token } = sandbox;
  const port = Number(new URL(sandbox.url).port);
  await core.open(page);
  await sandbox.api.control('clock', { rate: stoppedRate });
  await core.client.call('actions.run', {
    account: core.account,
    action: 'take-snapshot',
    instance: await keyOf(core, 'llm-eval'),
    input: { name: 'through-it-all', release: false },
  });
  await page.getByRole('navigation').getByRole('button', { name: 'Jobs' }).click();
  const row = page.getByRole('row', { name: /Take Snapshot/ });
  await expect(row).toContainText('Suspending');
  await sandbox.kill();
  await expect(row).toContainText('Waiting to try again');
  await expect(row).toContainText('The cloud could not be reached');

  const locked = await startSandbox({ dataDir, port, token: 'another-token', clockRate: 30 });
  await expect(row).toContainText('Waits for you', { timeout: 60_000 });
  await expect(row).toContainText('not signed in');
  await expect(page.getByRole('button', { name: 'Jobs 1 waiting for you' })).toBeVisible();
  await locked.kill();

  const open = await startSandbox({ dataDir, port, token, clockRate: 30 });
  await row.getByRole('button', { name: 'Retry' }).click();
  await expect(row).toContainText('Done', { timeout: 30_000 });
  await expect(row).toContainText('snapshot through-it-all is saved');
  await open.stop();
});
