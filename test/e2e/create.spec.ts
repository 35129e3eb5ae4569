/** A new instance from the first choice to the one that runs; what is refused, and what is out of stock. */
import type { Locator, Page } from '@playwright/test';
import type { ApiInstance } from '../support/sandbox-api.ts';
import { type ConnectedCore, expect, test } from '../support/sandbox-page.ts';

async function openWizard(core: ConnectedCore, page: Page): Promise<Locator> {
  await core.open(page);
  await page.getByRole('button', { name: 'Create instance' }).click();
  return page.getByRole('dialog', { name: 'Create instance' });
}

const summaryOf = (wizard: Locator) => wizard.getByRole('complementary', { name: 'Summary' });
const nameOf = (wizard: Locator) => wizard.getByRole('textbox', { name: 'Name', exact: true });

test('an instance is ordered with everything it can have, and runs', async ({
  core,
  sandbox,
  page,
}) => {
  const wizard = await openWizard(core, page);
  await wizard.getByRole('radio', { name: /PyTorch/ }).check();
  await wizard.getByLabel('Region').selectOption('TW-03');
  await wizard.getByRole('radio', { name: /RTX 4090/ }).check();
  await expect(summaryOf(wizard)).toContainText('0.650 credits/h');
  await wizard.getByLabel('Unit Quantity').fill('2');
  await expect(summaryOf(wizard)).toContainText('1.300 credits/h');
  await wizard.getByRole('combobox', { name: 'Data drive' }).selectOption({ index: 1 });
  await wizard.getByText('Read only').click();
  await nameOf(wizard).fill('trainer-7');
  await wizard.getByRole('button', { name: 'Add port' }).click();
  await wizard.getByLabel('Port 1', { exact: true }).fill('7860');
  await wizard.getByLabel('Protocol of port 1').selectOption('https');
  await wizard.getByRole('button', { name: 'Add variable' }).click();
  await wizard.getByLabel('Name of variable 1').fill('HF_HOME');
  await wizard.getByLabel('Value of variable 1').fill('/datadrive/hf');
  await wizard.getByRole('button', { name: 'Complete Checkout' }).click();
  await expect(wizard).toHaveCount(0);

  await expect(page.getByRole('row', { name: /trainer-7/ })).toContainText('Running', {
    timeout: 30_000,
  });
  const { instances } = await sandbox.api.done<{ instances: (ApiInstance & MadeOf)[] }>(
    'GET',
    '/instance/list?page=1&per_page=50',
  );
  const made = instances.filter(({ remark }) => remark === 'trainer-7');
  expect(made).toHaveLength(1);
  expect(made[0]).toMatchObject({ envs: 'HF_HOME=/datadrive/hf', regionName: 'TW-03' });
  expect(made[0]?.hardware.gpuNum).toBe(2);
  expect(made[0]?.datadrive).toMatchObject({ readOnly: true });
  expect(made[0]?.accesses.map(({ listenPort }) => listenPort)).toContain(7860);
});

interface MadeOf {
  readonly envs: string;
  readonly hardware: { readonly gpuNum: number };
  readonly datadrive: unknown;
}

test('what is missing is said where it is missing, and nothing is ordered', async ({
  core,
  page,
}) => {
  const wizard = await openWizard(core, page);
  await wizard.getByRole('button', { name: 'Complete Checkout' }).click();
  for (const problem of [
    'Choose an image.',
    'Choose the hardware.',
    'The instance needs a name.',
    'Something above is still missing.',
  ]) {
    await expect(wizard.getByText(problem)).toBeVisible();
  }
  expect((await core.client.call('jobs.list', {})).items).toEqual([]);
});

test('an order the cloud refuses is said in the wizard, with everything typed still there', async ({
  core,
  page,
}) => {
  const wizard = await openWizard(core, page);
  await wizard.getByRole('radio', { name: /PyTorch/ }).check();
  await wizard.getByText('CPU', { exact: true }).click();
  await wizard.getByRole('radio', { name: /7402/ }).check();
  await nameOf(wizard).fill('needs-a-gpu');
  await wizard.getByRole('button', { name: 'Complete Checkout' }).click();
  await expect(wizard.getByRole('alert')).toContainText('needs a GPU');
  await expect(nameOf(wizard)).toHaveValue('needs-a-gpu');
  await expect(wizard.getByRole('radio', { name: /PyTorch/ })).toBeChecked();

  await wizard.getByText('GPU', { exact: true }).click();
  await wizard.getByRole('radio', { name: /V100/ }).check();
  await wizard.getByRole('button', { name: 'Complete Checkout' }).click();
  await expect(wizard).toHaveCount(0);
  await expect(page.getByRole('row', { name: /needs-a-gpu/ })).toBeVisible();
});

test('a catalogue that cannot be read is said, and read again when asked', async ({
  core,
  sandbox,
  page,
}) => {
  await core.open(page);
  await sandbox.api.control('faults', { rate5xx: 1 });
  await page.getByRole('button', { name: 'Create instance' }).click();
  const wizard = page.getByRole('dialog', { name: 'Create instance' });
  await nameOf(wizard).fill('kept');
  const hardware = wizard.getByRole('region', { name: 'Hardware' });
  await expect(hardware.getByRole('alert')).toContainText(/HTTP 5\d\d/, { timeout: 60_000 });
  await sandbox.api.control('faults', {});
  await hardware.getByRole('button', { name: 'Retry' }).click();
  await expect(hardware.getByRole('row', { name: /V100/ })).toBeVisible();
  await expect(nameOf(wizard)).toHaveValue('kept');
});

test('what is out of stock cannot be chosen, and is told of when it comes', async ({
  core,
  sandbox,
  page,
}) => {
  await soldOut(sandbox.api);
  await page.clock.install();
  const wizard = await openWizard(core, page);
  await wizard.getByLabel('Region').selectOption('TW-04');
  const h100 = wizard.getByRole('radio', { name: /H100/ });
  await expect(h100).toBeDisabled();
  await expect(wizard.getByRole('row', { name: /H100/ })).toContainText('Out of stock');
  await wizard.getByRole('button', { name: 'Tell me when it is in stock' }).click();
  await expect(page.getByRole('contentinfo')).toContainText('Waiting for stock: NVIDIA H100');

  await sandbox.api.control('clock', { advanceMs: 2 * periodMs });
  await page.clock.fastForward(31_000);
  await expect(page.getByText(/H100 80GB HBM3 in TW-04 is in stock\./)).toBeVisible();
  await expect(page.getByRole('contentinfo')).not.toContainText('Waiting for stock');
});

test('an order can wait for stock: it is placed once, or called off', async ({
  core,
  sandbox,
  page,
}) => {
  await soldOut(sandbox.api);
  await page.clock.install();
  const wizard = await openWizard(core, page);
  await wizard.getByRole('radio', { name: /PyTorch/ }).check();
  await wizard.getByLabel('Region').selectOption('TW-04');
  const order = wizard.getByRole('button', { name: 'Create as soon as it is in stock' });
  await order.click();
  await expect(wizard.getByText('The instance needs a name.')).toBeVisible();
  await nameOf(wizard).fill('patient');
  await order.click();
  await expect(wizard).toHaveCount(0);
  await page.getByRole('button', { name: /Waiting for stock/ }).click();
  const waiting = page.getByRole('dialog', { name: 'Waiting for stock' });
  await expect(waiting).toContainText('then patient is created');
  await waiting.getByRole('button', { name: 'Close' }).click();

  await sandbox.api.control('clock', { advanceMs: 2 * periodMs });
  await page.clock.fastForward(31_000);
  await expect(page.getByRole('row', { name: /patient/ })).toBeVisible();
  await page.clock.fastForward(31_000);
  const { items } = await core.client.call('jobs.list', {});
  expect(items.map(({ action }) => action)).toEqual(['create-instance']);
});

/** Others hold what they have for so long; the scarce machine is free in one period of three. */
const periodMs = 10 * 60_000;

/** Holds the sandbox's time at the beginning of a period in which the scarce machine is sold out, the free one two later. */
async function soldOut(api: {
  raw(method: string, path: string, body?: unknown): Promise<Response>;
}): Promise<void> {
  const answer = await api.raw('POST', '/sandbox/clock', { rate: 1 });
  const { now } = (await answer.json()) as { now: number };
  const period = Math.floor(now / periodMs);
  const next = period + 1 + ((((1 - (period + 1)) % 3) + 3) % 3);
  await api.raw('POST', '/sandbox/clock', { advanceMs: next * periodMs - now + 1000 });
}
