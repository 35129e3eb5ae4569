/** A day's work of an operator who has no account: from the first page to the last line of the ledger. */
import { expect, test } from '@playwright/test';
import type { BillingLine } from '../../preload/contract/instances.ts';
import type { Client } from '../../renderer/client/client.ts';
import { typeLine } from '../support/app-page.ts';
import { sandboxOf } from '../support/app-sandbox.ts';
import {
  completeCheckout,
  enter,
  openDetail,
  openFleet,
  rowOf,
  runLine,
  setRate,
  stoppedRate,
} from '../support/fleet-page.ts';
import { clientOn, joinWebHost } from '../support/join-web-host.ts';
import type { ApiInstance, SandboxApi } from '../support/sandbox-api.ts';
import { startWebApp } from '../support/web-app.ts';

const first = 'story-first';
const second = 'story-second';
const snapshot = 'story-snapshot';
const gpu = { region: 'TW-03', hardware: 'NVIDIA GeForce RTX 4090' };
const day = 60;
/** Slow enough for each phase to be seen, whatever else this machine is doing. */
const slow = 0.1;

test('a fleet, a new instance, work on it, a snapshot, an instance from it, a release, and the bill', async ({
  page,
  context,
}) => {
  test.setTimeout(300_000);
  const app = await startWebApp({
    sandbox: true,
    env: { PILOTHOUSE_SANDBOX_CLOCK_RATE: String(day) },
  });
  const addresses: string[] = [];
  context.on('request', (request) => addresses.push(request.url()));
  try {
    const client = clientOn(await joinWebHost(app.url));
    await client.call('settings.change', { language: 'en', terminal: { screenReader: true } });

    await test.step('the first run is straight in the fleet of the sandbox', async () => {
      await openFleet(page, app);
      await expect(page.getByText('Everything here is simulated.')).toBeVisible();
    });
    const sandbox = await sandboxOf(app);
    const paidIn = await ledgerTotal(sandbox);

    await test.step('an instance is created', async () => {
      await page.getByRole('button', { name: 'Create instance' }).click();
      await completeCheckout(page, {
        name: first,
        image: /PyTorch 2.6/,
        ...gpu,
        drive: 'Read & write',
      });
      await expect(rowOf(page, first)).toContainText('Running', { timeout: 30_000 });
    });

    await test.step('one click enters it, and nothing is asked', async () => {
      await enter(page, first);
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await typeLine(page, 'echo kept words > kept.txt; echo a drive > /datadrive/story.txt');
      await runLine(page, 'cat kept.txt /datadrive/story.txt', /kept words\na drive\n/);
    });

    await test.step('its notebook opens signed in, and no address has the token', async () => {
      const detail = await openDetail(page, first, 'Access');
      const opening = context.waitForEvent('page');
      await detail.getByRole('button', { name: 'Open JupyterLab' }).click();
      const notebook = await opening;
      await notebook.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/(tree|lab)$/);
      await notebook.getByRole('button', { name: 'kept.txt' }).click();
      await expect(notebook.locator('#text')).toHaveText('kept words');
      expect(addresses.filter((address) => /[?&]token=/.test(address))).toEqual([]);
      await notebook.close();
    });

    await test.step('the monitor moves', async () => {
      const detail = await openDetail(page, first, 'Monitor');
      const gpuLoad = detail.getByRole('region', { name: 'GPU utilisation' });
      await expect(gpuLoad).toContainText(/\d+%/);
      const drawn = gpuLoad.locator('svg path').first();
      const before = await drawn.getAttribute('d');
      await expect.poll(() => drawn.getAttribute('d')).not.toBe(before);
    });

    await test.step('a snapshot: Suspending, Paused, Running, and the terminal is back', async () => {
      await openDetail(page, first, 'Access');
      await setRate(sandbox, slow);
      await rowOf(page, first).getByRole('button', { name: 'Take Snapshot' }).click();
      const wizard = page.getByRole('dialog', { name: 'Take Snapshot' });
      await expect(wizard.getByRole('region', { name: 'Open on it now' })).toContainText(first);
      await wizard.getByLabel('Name').fill(snapshot);
      await wizard.getByRole('button', { name: 'Take Snapshot', exact: true }).click();
      await wizard.getByRole('button', { name: 'Close, go on in the background' }).click();
      await expect(rowOf(page, first)).toContainText('Suspending');
      await expect(page.getByText(/is being saved to a snapshot/).first()).toBeVisible();
      await passPhase(sandbox, first);
      await expect(rowOf(page, first)).toContainText('Paused');
      await setRate(sandbox, day);
      await expect(rowOf(page, first)).toContainText('Running');
      await expect(page.getByRole('tab', { name: `${first} open` })).toBeVisible();
      await page.locator('.xterm-helper-textarea').last().focus();
      await runLine(page, 'echo back: $(cat kept.txt)', /^back: kept words$/m);
    });

    await test.step('an instance from the snapshot has the file, and not the drive’s', async () => {
      await page.getByRole('button', { name: /^Snapshots & images/ }).click();
      const row = page.getByRole('row', { name: snapshot });
      await expect(row).toContainText('Available');
      await row.getByRole('button', { name: 'Create from it' }).click();
      await completeCheckout(page, { name: second, ...gpu });
      await page.getByRole('button', { name: /^Instances/ }).click();
      await expect(rowOf(page, second)).toContainText('Running', { timeout: 30_000 });
      await enter(page, second);
      await runLine(page, 'cat kept.txt; ls /datadrive/story.txt', /kept words\n.*No such file/);
    });

    await test.step('a snapshot with automatic release ends in Released', async () => {
      await rowOf(page, second).getByRole('button', { name: 'Take Snapshot' }).click();
      const wizard = page.getByRole('dialog', { name: 'Take Snapshot' });
      await wizard.getByLabel('Name').fill('story-last');
      await wizard.getByLabel(/Automatic release of machine/).check();
      await wizard.getByRole('button', { name: 'Take Snapshot and release' }).click();
      await expect(wizard.getByText('Done', { exact: true }).first()).toBeVisible({
        timeout: 30_000,
      });
      await wizard.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('tab', { name: /^Released / }).click();
      await expect(rowOf(page, second)).toContainText('Released');
      await expect(rowOf(page, second)).toContainText('not billed');
    });

    await test.step('the bill is right to the minor unit, and only Running was billed', async () => {
      await setRate(sandbox, stoppedRate);
      await client.call('accounts.refresh', { account: 'sandbox' });
      const detail = await openDetail(page, first, 'Billing');
      const [ran, runs, ...more] = await billOf(client, first);
      expect(more).toEqual([]);
      expect(Date.parse(runs?.from ?? '') - Date.parse(ran?.to ?? '')).toBeGreaterThan(30_000);
      expect(await billOf(client, second)).toHaveLength(1);
      const sum = detail.locator('b').filter({ hasText: 'credits' }).first();
      await expect(async () => {
        const total = await sum.innerText();
        await expect(detail.getByText(`${total} so far`)).toBeVisible({ timeout: 1000 });
      }).toPass();
      expect(await ledgerTotal(sandbox)).toBe(paidIn);
    });
  } finally {
    await app.stop();
  }
});

/** Ends the phase that an instance is in. */
async function passPhase(sandbox: SandboxApi, name: string): Promise<void> {
  const before = await statusOf(sandbox, name);
  while ((await statusOf(sandbox, name)) === before) {
    await sandbox.control('clock', { advanceMs: 1000 });
  }
}

async function statusOf(sandbox: SandboxApi, name: string): Promise<string | undefined> {
  const { instances } = await sandbox.done<{ readonly instances: readonly ApiInstance[] }>(
    ...(['GET', '/instance/list?per_page=1000'] as const),
  );
  return instances.find(({ remark }) => remark === name)?.status;
}

/** What was paid in: all lines, and what is left. */
async function ledgerTotal(sandbox: SandboxApi): Promise<number> {
  const { lines, balanceMilli } = await sandbox.done<{
    readonly balanceMilli: number;
    readonly lines: readonly { readonly amountMilli: number }[];
  }>('GET', '/ext/billing');
  return lines.reduce((sum, { amountMilli }) => sum + amountMilli, balanceMilli);
}

/** The lines of an instance's bill, after their sum was held against what the instance cost. */
async function billOf(client: Client, name: string): Promise<readonly BillingLine[]> {
  const { items } = await client.call('instances.list', {});
  const instance = items.find((candidate) => candidate.name === name);
  if (!instance) throw new Error(`no ${name}`);
  const lines = await client.call('instances.billing', { key: instance.key });
  const sum = lines.reduce((total, { amount }) => total + amount.minor, 0);
  expect(sum).toBe(instance.cost.accrued?.minor);
  for (const { from, to, perHour, amount, running } of lines) {
    const seconds = Math.floor((Date.parse(to) - Date.parse(from)) / 1000);
    if (!running) expect(amount.minor).toBe(Math.floor((perHour.minor * seconds) / 3600));
  }
  return lines;
}
