/** A program that never stops writing: the page stays awake, and Ctrl+C reaches it at once. */
import { typeLine } from '../support/app-page.ts';
import { drawnBytes, expectRow } from '../support/live-page.ts';
import { expect, test } from '../support/terminal-test.ts';

const plentyBytes = 100_000_000;
/** The page's window, the core's buffer, SSH's window, and what the keys took to arrive on a busy machine. */
const mostOnItsWayBytes = 12_000_000;

test('yes for 100 MB leaves the page awake, and Ctrl+C ends it at once', async ({
  page,
  client,
}) => {
  test.setTimeout(240_000);
  await client.call('settings.change', { terminal: { screenReader: false } });
  await typeLine(page, 'yes');
  await expect.poll(() => drawnBytes(page), { timeout: 200_000 }).toBeGreaterThan(plentyBytes);
  // The page answers a person in the midst of it.
  await page.getByRole('button', { name: 'New terminal' }).click();
  await expect(page.getByPlaceholder('Open a terminal on…')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.locator('.xterm-helper-textarea').focus();
  const pressedAt = await drawnBytes(page);
  await page.keyboard.press('Control+C');
  await typeLine(page, 'clear; echo stopped');
  // What was on its way is drawn, nothing is dropped, and nothing more comes.
  const drawn = async () => (await drawnBytes(page)) - pressedAt;
  let former = -1;
  await expect
    .poll(
      async () => {
        const now = await drawn();
        const still = now === former;
        former = now;
        return still;
      },
      { intervals: [500], timeout: 30_000 },
    )
    .toBe(true);
  expect(former).toBeLessThan(mostOnItsWayBytes);
  await client.call('settings.change', { terminal: { screenReader: true } });
  await expectRow(page, 'stopped');
});
