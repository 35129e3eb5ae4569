/** A cloud with 10,000 instances: connected in Settings, listed at once, filtered while typing. How soon a key is seen is measured by `npm run bench filter`. */
import type { CDPSession, Page } from '@playwright/test';
import { test as base, expect } from '../support/e2e.ts';
import { rowOf } from '../support/fleet-page.ts';
import { type SandboxProcess, startSandbox } from '../support/sandbox.ts';

const test = base.extend<{ readonly large: SandboxProcess }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures wanted
  large: async ({}, use) => {
    const sandbox = await startSandbox({ instances: 10_000 });
    await use(sandbox);
    await sandbox.stop();
  },
});

const littleWorkMs = 200;

test('10,000 instances of a cloud are filtered with a fifth of a second’s work at each key', async ({
  app,
  large,
  page,
  context,
}) => {
  await page.goto(app.url);
  await connectInSettings(page, large);
  await page.getByRole('button', { name: /^Instances/ }).click();
  await page.getByRole('tab', { name: /^All / }).click();
  await expect(page.getByText('10,000 of 10,000')).toBeVisible({ timeout: 30_000 });

  const search = page.getByRole('textbox', { name: 'Search instances' });
  await search.focus();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  // Each of these changes how many are shown.
  const tookMs: number[] = [];
  for (const key of ['v', 'i', 'Backspace', 'Backspace', 'v', 'i', 'Backspace']) {
    tookMs.push(await workedMs(page, devtools, key));
  }
  // One of them may collect what the list left behind.
  const median = tookMs.toSorted((one, other) => one - other)[3];
  expect(median, String(tookMs)).toBeLessThan(littleWorkMs);
  await page.keyboard.press('i');
  await expect(rowOf(page, 'vision-').first()).toBeVisible();
  expect(await page.locator('[role=row][data-index]').count()).toBeLessThan(80);
});

async function connectInSettings(page: Page, { url, token }: SandboxProcess): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Connect an account' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connect an account' });
  await dialog.getByLabel(/^Name/).fill('Many');
  await dialog.getByLabel('API token').fill(token);
  await dialog.getByLabel(/API address/).fill(`${url}/sdk/v1`);
  await dialog.getByRole('button', { name: 'Check and connect' }).click();
  const vault = page.getByRole('dialog', { name: 'How shall secrets be kept?' });
  await vault.getByText('In memory until the application ends').click();
  await vault.getByRole('button', { name: /memory/i }).click();
  await expect(dialog).toBeHidden({ timeout: 60_000 });
}

/** How long the page's own thread worked until the totals were others; how long it waits for a processor is the machine's. */
async function workedMs(page: Page, devtools: CDPSession, key: string): Promise<number> {
  const worked = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  const totals = page.locator('[aria-live]').filter({ hasText: ' of 10,000' });
  const former = await totals.innerText();
  const before = await worked();
  await page.keyboard.press(key);
  await expect(totals).not.toHaveText(former);
  return (await worked()) - before;
}
