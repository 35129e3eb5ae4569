/** Rows A2, A4 and A7: the way in with its password, forwarded ports, the bill, and the network group. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { type ConnectedCore, expect, test } from '../support/sandbox-page.ts';

async function openDetail(core: ConnectedCore, page: Page, name: string) {
  await core.open(page);
  await page.getByRole('table', { name: 'Instances' }).getByText(name, { exact: true }).click();
  return page.getByRole('region', { name: `Details of ${name}` });
}

test('A2: the SSH command, and a password that is shown only while it is asked for', async ({
  core,
  sandbox,
  page,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const detail = await openDetail(core, page, 'llm-eval');
  type List = { instances: { remark: string; sshCred: { password: string } }[] };
  const { instances } = await sandbox.api.done<List>('GET', '/instance/list?per_page=1000');
  const password = instances.find(({ remark }) => remark === 'llm-eval')?.sshCred.password ?? '';
  expect(password.length).toBeGreaterThan(5);
  const document = () => page.content();

  await expect(detail).toContainText(/ssh -p \d+ root@/);
  await expect(detail).toContainText('published by the cloud');
  await expect(detail).toContainText('SHA256:');
  expect(await document()).not.toContain(password);

  await detail.getByRole('button', { name: 'Copy the password' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(password);
  expect(await document()).not.toContain(password);

  await detail.getByRole('button', { name: 'Reveal' }).click();
  await expect(detail.getByText(password)).toBeVisible();
  await detail.getByRole('button', { name: 'Hide' }).click();
  await expect(detail.getByRole('button', { name: 'Reveal' })).toBeVisible();
  expect(await document()).not.toContain(password);

  await detail.getByRole('button', { name: 'Reveal' }).click();
  await expect(detail.getByText(password)).toBeVisible();
  await detail.getByRole('tab', { name: 'Config' }).click();
  await detail.getByRole('tab', { name: 'Access' }).click();
  await expect(detail.getByRole('button', { name: 'Reveal' })).toBeVisible();
  expect(await document()).not.toContain(password);
});

test('A2: a revealed password hides by itself', async ({ core, page }) => {
  await page.clock.install();
  const detail = await openDetail(core, page, 'llm-eval');
  // From here on its time passes only as it is told to.
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await detail.getByRole('button', { name: 'Reveal' }).click();
  await expect(detail.getByRole('button', { name: 'Hide' })).toBeVisible();
  await page.clock.runFor(29_000);
  await expect(detail.getByRole('button', { name: 'Hide' })).toBeVisible();
  await page.clock.runFor(2000);
  await expect(detail.getByRole('button', { name: 'Reveal' })).toBeVisible();
});

test('A2: ports are forwarded, changed and deleted, and a refusal stays in the dialog', async ({
  core,
  page,
}) => {
  const detail = await openDetail(core, page, 'llm-eval');
  await expect(detail.getByRole('heading', { name: 'HTTP Port 8888' })).toBeVisible();

  await detail.getByRole('button', { name: 'New Port Forwarding' }).click();
  const added = page.getByRole('dialog', { name: 'New Port Forwarding' });
  await added.getByRole('button', { name: 'Add' }).click();
  await expect(added).toContainText('A number from 1 to 65535');
  await added.getByLabel('Service Port').fill('8888');
  await added.getByRole('button', { name: 'Add' }).click();
  await expect(added.getByRole('alert')).toContainText('8888 is forwarded already');
  await added.getByLabel('Service Port').fill('7860');
  await expect(added).toContainText('Protocol: TCP');
  await added.getByRole('checkbox', { name: 'HTTPS' }).check();
  await added.getByRole('button', { name: 'Add' }).click();
  await expect(added).toHaveCount(0);

  const block = detail.locator('section').filter({ hasText: 'HTTP Port 7860' });
  await expect(block.getByRole('link')).toHaveAttribute('href', /^https?:\/\//);
  const popup = page.waitForEvent('popup');
  await block.getByRole('button', { name: 'Open' }).click();
  expect((await popup).url()).toContain('://');

  await block.getByRole('button', { name: 'Edit' }).click();
  const edited = page.getByRole('dialog', { name: 'Edit Port Forwarding' });
  await edited.getByLabel('Service Port').fill('7861');
  await edited.getByRole('checkbox', { name: 'HTTPS' }).uncheck();
  await edited.getByRole('button', { name: 'Save' }).click();
  const changed = detail.locator('section').filter({ hasText: 'TCP Port 7861' });
  await expect(changed).toContainText(/127\.0\.0\.1:\d+/);
  await expect(block).toHaveCount(0);

  await changed.getByRole('button', { name: 'Delete' }).click();
  const asked = page.getByRole('dialog', { name: 'Delete the forwarding of port 7861?' });
  await expect(asked.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await asked.getByRole('button', { name: 'Delete' }).click();
  await expect(changed).toHaveCount(0);
});

test('A4: every billing line with its sum, the running one marked, and all of it as CSV', async ({
  core,
  page,
}) => {
  const detail = await openDetail(core, page, 'sdxl-train-03');
  await detail.getByRole('tab', { name: 'Billing' }).click();
  await expect(detail).toContainText(/\d+\.\d{3} credits\s*stated by the cloud/);
  await expect(detail.getByRole('row').nth(1)).toContainText('running');
  const download = page.waitForEvent('download');
  await detail.getByRole('button', { name: 'Export CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('sdxl-train-03-billing.csv');
  const text = await readFile(await file.path(), 'utf8');
  const [header, ...lines] = text.replace('\ufeff', '').split('\r\n');
  expect(header).toBe('instance,from_utc,to_utc,running,price_per_hour,amount,currency,estimate');
  expect(lines.at(-1)).toBe('');
  expect(lines.at(-2)).toMatch(/^sdxl-train-03,.*Z,.*Z,yes,\d+\.\d{3},\d+\.\d{3},credits,no$/);
});

test('A7: an instance joins a group, sees its members, and leaves', async ({ core, page }) => {
  const detail = await openDetail(core, page, 'llm-eval');
  await detail.getByRole('tab', { name: 'Network Group' }).click();
  await expect(detail).toContainText('This instance is in no group.');
  await expect(detail).toContainText('2/5');
  await detail.getByRole('button', { name: 'Join rag-cluster' }).click();
  const own = detail.getByRole('row').filter({ hasText: 'this instance' });
  await expect(own).toContainText(/10\.\d+\.\d+\.\d+/);
  await expect(own).toContainText('Mbps');
  await expect(detail.getByRole('row').filter({ hasText: 'rag-backend' })).toBeVisible();
  await expect(detail).toContainText('3/5');

  await detail.getByRole('button', { name: 'Disconnect' }).click();
  const asked = page.getByRole('dialog', { name: 'Disconnect' });
  await expect(asked).toContainText('leaves rag-cluster');
  await asked.getByRole('button', { name: 'Disconnect' }).click();
  await expect(detail).toContainText('This instance is in no group.');

  await detail.getByLabel('Name').fill('my-mesh');
  await detail.getByRole('button', { name: 'Create and join' }).click();
  await expect(detail).toContainText('my-mesh');
  await expect(detail).toContainText('1/5');
});

test('A3: a cloud with metrics of its own tells them without a login', async ({ core, page }) => {
  const detail = await openDetail(core, page, 'llm-eval');
  await detail.getByRole('tab', { name: 'Monitor' }).click();
  await expect(detail).toContainText('Told by the cloud');
  await expect(detail.getByRole('region', { name: 'CPU', exact: true })).toContainText(/\d+%/);
});
