/** Rows A3, A5, A6 and A10: what an instance does, is made of and runs on, and where new ones come from. */
import { completeCheckout, openDetail, rowOf } from '../support/fleet-page.ts';
import { expect, test } from '../support/sandbox-page.ts';

test('A3: the charts of every resource move while they are looked at', async ({ core, page }) => {
  await core.open(page);
  const detail = await openDetail(page, 'sdxl-train-03', 'Monitor');
  const charts = ['CPU', 'Memory', 'GPU utilisation', 'GPU memory', 'Disk', 'Network'];
  for (const name of charts) {
    await expect(detail.getByRole('region', { name, exact: true })).toContainText(/\d/);
  }
  const line = detail.getByRole('region', { name: 'CPU', exact: true }).locator('path').first();
  const before = await line.getAttribute('d');
  await expect.poll(() => line.getAttribute('d')).not.toBe(before);
  await detail.getByText('6 h', { exact: true }).click();
  await expect(line).toBeVisible();
});

test('A5: the image and its parameters', async ({ core, page }) => {
  await core.open(page);
  const detail = await openDetail(page, 'sdxl-train-03', 'Config');
  const config = detail.getByRole('tabpanel');
  await expect(config).toContainText('PyTorch 2.6 (CUDA 12.4, Ubuntu 22.04)');
  await expect(config).toContainText('img-pytorch26');
  await expect(config).toContainText('TW-03');
});

test('A6: the GPU or CPU model, memory and storage', async ({ core, page }) => {
  await core.open(page);
  const hardware = async (name: string) =>
    (await openDetail(page, name, 'Hardware')).getByRole('tabpanel');
  const withGpu = await hardware('llm-eval');
  await expect(withGpu).toContainText('NVIDIA GeForce RTX 4090 × 2');
  await expect(withGpu).toContainText('128 GiB');
  await expect(withGpu).toContainText('400 GB');
  const withoutGpu = await hardware('proxy-tw01');
  await expect(withoutGpu).toContainText('AMD EPYC 7402 8C');
  await expect(withoutGpu).toContainText('32 GiB');
  await expect(withoutGpu).not.toContainText('GPU');
});

test('A10: an instance from an image, and one from a snapshot', async ({ core, page }) => {
  await core.open(page);
  const wizard = page.getByRole('dialog', { name: 'Create instance' });
  const cpu = { kind: 'CPU', region: 'TW-03', hardware: 'AMD EPYC 7402 8C' } as const;
  await page.getByRole('button', { name: 'Create instance' }).click();
  await completeCheckout(page, { name: 'row-image', image: /Ubuntu 24.04/, ...cpu });
  await expect(rowOf(page, 'row-image')).toContainText('Running', { timeout: 30_000 });

  await page.getByRole('button', { name: 'Create instance' }).click();
  await wizard.getByText('Snapshot', { exact: true }).click();
  await wizard.getByRole('radio', { name: /前處理-乾淨環境/ }).check();
  await completeCheckout(page, { name: 'row-snapshot', ...cpu });
  await expect(rowOf(page, 'row-snapshot')).toContainText('Running', { timeout: 30_000 });
  const detail = await openDetail(page, 'row-snapshot', 'Config');
  await expect(detail.getByRole('tabpanel')).toContainText('前處理-乾淨環境');
});
