/** Buttons that are only a picture: what each does is told to who points at it, on every page. */
import type { Page } from '@playwright/test';
import { openTerminal } from '../support/app-page.ts';
import { expect, test } from '../support/e2e.ts';
import { openFiles } from '../support/files-page.ts';
import { openWithServer, serverName } from '../support/live-page.ts';

/** The names of those that are seen, and of those that tell nothing. */
async function pictureButtons(page: Page): Promise<{ all: string[]; silent: string[] }> {
  return page.locator('button:visible').evaluateAll((buttons) => {
    const pictures = buttons.filter((button) => (button as HTMLElement).innerText.trim() === '');
    const names = (found: readonly Element[]) =>
      found.map((one) => one.getAttribute('aria-label') ?? one.outerHTML);
    const silent = pictures.filter(
      (one) => !(one as HTMLElement).title && !one.ariaDescription && one.ariaHidden !== 'true',
    );
    return { all: names(pictures), silent: names(silent) };
  });
}

test('a button that is only a picture says what it does to who points at it', async ({
  app,
  page,
  sshd,
}) => {
  await openWithServer(page, app, sshd);
  await openFiles(page);
  const ofFiles = await pictureButtons(page);
  expect(ofFiles.all).toEqual(expect.arrayContaining(['Back', 'Show hidden files']));
  expect(ofFiles.silent).toEqual([]);

  await page.getByRole('button', { name: /^Instances/ }).click();
  await page.getByRole('row', { name: serverName }).click();
  await page.getByRole('button', { name: 'Close the details' }).waitFor();
  await openTerminal(page, serverName);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.getByRole('button', { name: 'Close search' }).waitFor();
  const { all, silent } = await pictureButtons(page);
  expect(all).toEqual(
    expect.arrayContaining(['More actions', 'Close the details', 'Next match', 'New terminal']),
  );
  expect(silent).toEqual([]);
});
