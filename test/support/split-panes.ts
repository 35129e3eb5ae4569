/** Several panes in one tab, as a person makes, finds, reads and types into them. */
import { expect, type Locator, type Page } from '@playwright/test';
import { typeLine } from './app-page.ts';

/** To the right, or down. */
export type SplitKeys = 'Control+Shift+E' | 'Control+Shift+O';

/** The pane that has the keyboard. */
export const activePane = (page: Page): Locator =>
  page.locator('.xterm').filter({ has: page.locator('.xterm-helper-textarea:focus') });

/** The pane on whose screen that stands. */
export const paneWith = (page: Page, text: string): Locator =>
  page.locator('.xterm').filter({ hasText: text });

/** Its rows, without the blanks at their end. */
export const rowsOf = (pane: Locator): Promise<string[]> =>
  pane
    .locator('.xterm-accessibility-tree > *')
    .evaluateAll((rows) => rows.map((row) => (row.textContent ?? '').trimEnd()));

/** Lets typing go to all that are offered, and waits until it does. */
export async function startBroadcast(page: Page, count: number): Promise<void> {
  await page.keyboard.press('Control+Shift+B');
  await page.getByRole('button', { name: `Type into ${count} terminals` }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('alert')).toContainText(`Typing goes to ${count} terminals`);
  await expect(activePane(page)).toHaveCount(1);
}

/** Splits the pane with the keyboard and waits until the new one has it, with a bare prompt on an empty screen. */
export async function splitPane(page: Page, keys: SplitKeys): Promise<void> {
  const panes = page.locator('.xterm');
  const former = await panes.count();
  const typedIn = await activePane(page).elementHandle();
  await page.keyboard.press(keys);
  await expect(panes).toHaveCount(former + 1);
  // The keyboard goes over to the new pane.
  await expect
    .poll(async () => {
      const now = await activePane(page).elementHandles();
      return now[0]?.evaluate((pane, other) => pane !== other, typedIn);
    })
    .toBe(true);
  await expect.poll(async () => (await rowsOf(activePane(page))).join('')).not.toBe('');
  await typeLine(page, "unset PROMPT_COMMAND; PS1='$ '; clear");
  await expect.poll(async () => (await rowsOf(activePane(page)))[0]).toBe('$');
}
