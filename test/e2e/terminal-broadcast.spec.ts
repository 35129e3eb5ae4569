/** Panes that are not seen, and keys that are not for all: what a broadcast and a hidden tab must not get wrong. */
import type { Page } from '@playwright/test';
import { openTerminal, typeLine } from '../support/app-page.ts';
import { expect, test } from '../support/e2e.ts';
import {
  expectScreen,
  openPlainTerminal,
  openWithServer,
  serverName,
} from '../support/live-page.ts';

const firstTab = (page: Page) =>
  page.getByRole('tablist', { name: 'Terminals' }).getByRole('tab').first();

test('a paste reaches a terminal that was never seen, and what is typed after it too', async ({
  app,
  sshd,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openWithServer(page, app, sshd);
  await openPlainTerminal(page);
  await openTerminal(page, serverName);
  await page.reload();
  await page.locator('.xterm-helper-textarea').click({ force: true });
  await page.keyboard.press('Control+Shift+B');
  await page.getByRole('button', { name: 'Type into 2 terminals' }).click();
  await page.evaluate(() => navigator.clipboard.writeText('echo p-$((40+2))'));
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.press('Control+Shift+V');
  await page.keyboard.press('Enter');
  await expectScreen(page, (rows) => rows.includes('p-42'));
  await typeLine(page, 'echo t-$((40+2))');
  await firstTab(page).click();
  await expectScreen(page, (rows) => rows.includes('p-42') && rows.includes('t-42'));
});

test('the wheel turns the pages of one terminal, and types nothing into the others', async ({
  app,
  sshd,
  page,
}) => {
  await openWithServer(page, app, sshd);
  await openPlainTerminal(page);
  await typeLine(page, 'clear; cat -v');
  await openTerminal(page, serverName);
  await expectScreen(page, (rows) => /\$$/.test(rows[0] ?? ''));
  await typeLine(page, 'seq 500 | less');
  await expectScreen(page, (rows) => rows[0] === '1');
  await page.keyboard.press('Control+Shift+B');
  await page.getByRole('button', { name: 'Type into 2 terminals' }).click();
  await page.locator('.xterm-screen').hover();
  await page.mouse.wheel(0, 200);
  await expectScreen(page, (rows) => Number(rows[0]) > 1);
  await page.locator('.xterm-helper-textarea').focus();
  await typeLine(page, '=');
  await firstTab(page).click();
  await expectScreen(page, (rows) => rows[0] === '=' && rows[1] === '=');
});

test('a terminal that is hidden keeps the size its programs draw for', async ({
  app,
  sshd,
  page,
}) => {
  await openWithServer(page, app, sshd);
  await openPlainTerminal(page);
  await page.keyboard.press('Control+Shift+E');
  await expect(page.locator('.xterm')).toHaveCount(2);
  await page.locator('.xterm-helper-textarea').nth(1).focus();
  const line = `PS1=; clear; sleep 3; printf '\\033[H\\033[2J\\033[1;999Hx\\033[2;1H'; tput cols`;
  await typeLine(page, line);
  await openTerminal(page, serverName);
  await typeLine(page, 'sleep 4; echo over-$((40+2))');
  await expectScreen(page, (rows) => rows.includes('over-42'));
  await firstTab(page).click();
  const rows = page.locator('.xterm').nth(1).locator('.xterm-accessibility-tree > *');
  await expect.poll(async () => (await rows.nth(0).textContent())?.trim()).toBe('x');
  const columns = Number((await rows.nth(1).textContent())?.trim());
  expect((await rows.nth(0).textContent())?.trimEnd()).toHaveLength(columns);
});
