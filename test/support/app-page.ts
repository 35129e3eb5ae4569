/** What a person does on the product's page, in the words of the screen. */
import type { Page } from '@playwright/test';

/** Opens a terminal on an instance from the dock and waits until it takes input. */
export async function openTerminal(page: Page, instance: string): Promise<void> {
  await page.getByRole('button', { name: 'New terminal' }).click();
  await page.getByRole('option', { name: instance, exact: true }).click();
  await page
    .getByRole('tab', { name: `${instance} open` })
    .last()
    .waitFor();
  await page.locator('.xterm-helper-textarea').last().focus();
}

/** Types a line into the terminal that has the focus. */
export async function typeLine(page: Page, line: string): Promise<void> {
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}
