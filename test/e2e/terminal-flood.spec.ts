/** A program that never stops writing: the page stays awake, and Ctrl+C reaches it at once. */
import type { Page } from '@playwright/test';
import { typeLine } from '../support/app-page.ts';
import { drawnBytes, expectRow } from '../support/live-page.ts';
import { expect, test } from '../support/terminal-test.ts';

const plentyBytes = 100_000_000;
/**
 * The page's window, the core's buffer and SSH's window are a few megabytes; as much again may pass while the key is
 * on its way. A buffer without a limit would hold what `yes` said in a minute.
 */
const mostOnItsWayBytes = 20_000_000;

/** What had been drawn when the page was told of Ctrl+C: a busy machine may bring the key late. */
async function drawnAtInterrupt(page: Page): Promise<number> {
  const watch = await page.evaluateHandle(() => {
    const pressed = new Promise<number>((resolve) => {
      const look = ({ ctrlKey, code }: KeyboardEvent) => {
        if (!ctrlKey || code !== 'KeyC') return;
        removeEventListener('keydown', look, { capture: true });
        const terminal = document.querySelector<HTMLElement>('[data-drawn-bytes]');
        resolve(Number(terminal?.dataset.drawnBytes));
      };
      addEventListener('keydown', look, { capture: true });
    });
    return { pressed };
  });
  await page.keyboard.press('Control+C');
  return watch.evaluate(({ pressed }) => pressed);
}

test('yes for 100 MB leaves the page awake, and Ctrl+C ends it at once', async ({
  page,
  client,
}) => {
  test.setTimeout(600_000);
  await client.call('settings.change', { terminal: { screenReader: false } });
  await typeLine(page, 'yes');
  await expect.poll(() => drawnBytes(page), { timeout: 500_000 }).toBeGreaterThan(plentyBytes);
  // The page answers a person in the midst of it.
  await page.getByRole('button', { name: 'New terminal' }).click();
  const menu = page.getByPlaceholder('Open a terminal on…');
  await expect(menu).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();

  await page.locator('.xterm-helper-textarea').focus();
  const pressedAt = await drawnAtInterrupt(page);
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
      { intervals: [500], timeout: 90_000 },
    )
    .toBe(true);
  expect(former).toBeLessThan(mostOnItsWayBytes);
  await client.call('settings.change', { terminal: { screenReader: true } });
  await expectRow(page, 'stopped');
});
