/** The monitor of an instance, on a real server: figures, charts, and what is said when none come. */
import { expect, test } from '../support/e2e.ts';
import { openWithServer, serverName } from '../support/live-page.ts';

test('the monitor samples while it is looked at, and says why it cannot', async ({
  app,
  sshd,
  page,
}) => {
  const client = await openWithServer(page, app, sshd);
  await page.getByText(serverName).first().click();
  await page.getByRole('tab', { name: 'Monitor' }).click();
  const chart = (name: string) => page.getByRole('region', { name, exact: true });
  await expect(chart('CPU')).toContainText(/\d+%/);
  await expect(chart('Memory')).toContainText(/[\d.]+ GB.*of [\d.]+ GB/);
  await expect(chart('Disk')).toContainText(/of [\d.]+ [MGT]B/);
  await expect(chart('Network')).toContainText(/\/s/);
  await expect(chart('CPU').locator('svg path').first()).toBeAttached();

  const samples: string[] = [];
  client.on('metrics.sampled', ({ sample }) => samples.push(sample.at));
  await expect.poll(() => samples.length).toBeGreaterThan(0);
  await page.getByText('24 h', { exact: true }).click();
  await expect(chart('CPU')).toContainText(/\d+%/);

  await sshd.down();
  try {
    const why = page.getByRole('alert');
    await expect(why).toBeVisible({ timeout: 30_000 });
    await expect(chart('CPU')).toBeVisible();
    // It is taken away while another look is taken, perhaps for less than a moment, and comes back with what was found.
    const watch = await why.evaluateHandle((alert) => {
      const seen = { away: false };
      new MutationObserver(() => {
        seen.away ||= !alert.isConnected;
      }).observe(document.body, { childList: true, subtree: true });
      return seen;
    });
    await why.getByRole('button', { name: 'Retry' }).click();
    await expect.poll(() => watch.evaluate(({ away }) => away)).toBe(true);
    await expect(why).toBeVisible();
  } finally {
    await sshd.up();
  }
  // Once the server is there it may be sampled again before a person presses anything.
  await expect(page.getByRole('alert')).toHaveCount(0, { timeout: 30_000 });
  await expect(chart('CPU')).toContainText(/\d+%/);
});
