/** What an operator does in a browser on the sandbox's fleet, in the words of the screen. */
import { expect, type Locator, type Page } from '@playwright/test';
import { typeLine } from './app-page.ts';
import type { SandboxApi } from './sandbox-api.ts';
import type { WebApp } from './web-app.ts';

const instances = (page: Page): Locator => page.getByRole('table', { name: 'Instances' });

/** The row of an instance; its name may be part of no other's. */
export const rowOf = (page: Page, name: string): Locator =>
  instances(page).locator('[role=row][data-index]').filter({ hasText: name });

const detailOf = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: `Details of ${name}` });

/** Opens a link and waits for the fleet, as a newcomer does. */
export async function openFleet(page: Page, app: WebApp): Promise<void> {
  await page.goto(await app.newLink());
  await expect(rowOf(page, 'notebook-weiting')).toBeVisible({ timeout: 30_000 });
}

/** To the instances in a state, and to one tab of one of them. */
export async function openDetail(
  page: Page,
  name: string,
  tab: string | undefined = undefined,
  state = 'All',
): Promise<Locator> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Instances/ })
    .click();
  await page.getByRole('tab', { name: new RegExp(`^${state} `) }).click();
  await rowOf(page, name).getByText(name, { exact: true }).click();
  const detail = detailOf(page, name);
  await expect(detail).toBeVisible();
  if (tab) await detail.getByRole('tab', { name: tab }).click();
  return detail;
}

export const createWizard = (page: Page): Locator =>
  page.getByRole('dialog', { name: 'Create instance' });

/** What a new instance is ordered as; whatever is left out stays as the wizard has it. */
export interface Order {
  readonly name: string;
  /** Where the wizard was opened from a snapshot, that is chosen already. */
  readonly image?: RegExp;
  readonly kind?: 'GPU' | 'CPU';
  readonly region: string;
  readonly hardware: string;
  readonly drive?: 'Read only' | 'Read & write';
}

/** Fills the wizard that is open. */
export async function fillOrder(page: Page, order: Order): Promise<void> {
  const wizard = createWizard(page);
  if (order.image) await wizard.getByRole('radio', { name: order.image }).check();
  if (order.kind) {
    await wizard.getByRole('radiogroup', { name: 'GPU or CPU' }).getByText(order.kind).click();
  }
  await wizard.getByRole('combobox', { name: 'Region' }).selectOption(order.region);
  await wizard.getByRole('radio', { name: order.hardware }).check();
  if (order.drive) {
    await wizard.getByRole('combobox', { name: 'Data drive' }).selectOption({ index: 1 });
    await wizard.getByText(order.drive, { exact: true }).click();
  }
  await wizard.getByRole('textbox', { name: 'Name', exact: true }).fill(order.name);
}

/** Fills the wizard that is open and completes the checkout. */
export async function completeCheckout(page: Page, order: Order): Promise<void> {
  await fillOrder(page, order);
  const wizard = createWizard(page);
  await wizard.getByRole('button', { name: 'Complete Checkout' }).click();
  await expect(wizard).toBeHidden({ timeout: 30_000 });
}

/** One click from the row: a shell of the instance, without a question. */
export async function enter(page: Page, name: string): Promise<void> {
  await rowOf(page, name).getByRole('button', { name: 'Terminal' }).click();
  const tab = page.getByRole('tab', { name: `${name} open`, selected: true });
  await expect(tab).toBeVisible({ timeout: 30_000 });
  await page.getByRole('region', { name, exact: true }).locator('textarea').focus();
}

/** Types a line into the terminal with the focus, and says what to expect of it on the screen. */
export async function runLine(page: Page, line: string, expected: RegExp): Promise<void> {
  await typeLine(page, line);
  await expectScreen(page, expected);
}

/** Read through the rows that xterm keeps for screen readers. */
async function expectScreen(page: Page, expected: RegExp): Promise<void> {
  const rows = page.locator('.xterm-accessibility-tree > *');
  await expect
    .poll(async () =>
      (await rows.evaluateAll((all) => all.map((row) => row.textContent ?? '')))
        .map((row) => row.trimEnd())
        .join('\n'),
    )
    .toMatch(expected);
}

/** Makes the sandbox's time go so much faster than ours. */
export const setRate = (sandbox: SandboxApi, rate: number): Promise<void> =>
  sandbox.control('clock', { rate });

/** As good as still, for reading amounts. */
export const stoppedRate = 0.000_001;
