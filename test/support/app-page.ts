/** What a person does on the product's page, in the words of the screen. */
import type { Page } from '@playwright/test';

/** Opens a terminal on an instance from the dock and waits until it takes input. */
export async function openTerminal(page: Page, instance: string): Promise<void> {
  const tabs = page.getByRole('tab', { name: `${instance} open` });
  const former = await tabs.count();
  await page.getByRole('button', { name: 'New terminal' }).click();
  await page.getByRole('option', { name: instance, exact: true }).click();
  // Until then another pane would take the keyboard.
  const selected = page.getByRole('tab', { selected: true });
  await tabs.nth(former).and(selected).waitFor();
  await page.locator('.xterm-helper-textarea').last().focus();
}

/** Until a terminal has the keyboard: what had it before gives it back a moment after it is gone. */
export async function waitForKeyboard(page: Page): Promise<void> {
  await page.locator('.xterm-helper-textarea:focus').waitFor({ state: 'attached' });
}

/** Types a line into the terminal that has the keyboard, as soon as one has. */
export async function typeLine(page: Page, line: string): Promise<void> {
  await waitForKeyboard(page);
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}
