/** Panes that are not seen, and keys that are not for all: what a broadcast and a hidden tab must not get wrong. */
import type { Page } from '@playwright/test';
import { openTerminal, typeLine } from '../support/app-page.ts';
import { expectScreen, serverName } from '../support/live-page.ts';
import { rowsOf, splitPane, startBroadcast } from '../support/split-panes.ts';
import { expect, test } from '../support/terminal-test.ts';

/** A shell waits until another has made the file. */
const untilThere = (file: string) => `until [ -e ${file} ]; do sleep 0.1; done`;

const firstTab = (page: Page) =>
  page.getByRole('tablist', { name: 'Terminals' }).getByRole('tab').first();

test('a paste reaches a terminal that was never seen, and what is typed after it too', async ({
  page,
}) => {
  await openTerminal(page, serverName);
  await page.reload();
  await page.locator('.xterm-helper-textarea').focus();
  await startBroadcast(page, 2);
  await page.evaluate(() => navigator.clipboard.writeText('echo p-$((40+2))'));
  await page.keyboard.press('Control+Shift+V');
  await page.keyboard.press('Enter');
  await expectScreen(page, (rows) => rows.includes('p-42'));
  await typeLine(page, 'echo t-$((40+2))');
  await firstTab(page).click();
  await expectScreen(page, (rows) => rows.includes('p-42') && rows.includes('t-42'));
});

test('the wheel turns the pages of one terminal, and types nothing into the others', async ({
  page,
}) => {
  // Until `cat` has the terminal, what is typed is drawn by another's rules.
  await typeLine(page, 'clear; echo takes it; cat -v');
  await expectScreen(page, (rows) => rows[0] === 'takes it');
  await openTerminal(page, serverName);
  await expectScreen(page, (rows) => /\$$/.test(rows[0] ?? ''));
  await typeLine(page, 'seq 500 | less');
  await expectScreen(page, (rows) => rows[0] === '1');
  await startBroadcast(page, 2);
  await page.locator('.xterm-screen').hover();
  // A turn that a busy browser did not take is made again, as a hand would.
  await expect(async () => {
    await page.mouse.wheel(0, 200);
    await expectScreen(page, (rows) => Number(rows[0]) > 1, 2000);
  }).toPass();
  await page.locator('.xterm-helper-textarea').focus();
  await typeLine(page, '=');
  await firstTab(page).click();
  await expectScreen(page, (rows) => rows[1] === '=' && rows[2] === '=');
});

test('a terminal that is hidden keeps the size its programs draw for', async ({ page }) => {
  await splitPane(page, 'Control+Shift+E');
  // It draws once the other says that this one is hidden.
  const draw = `printf '\\033[H\\033[2J\\033[1;999Hx\\033[2;1H'; tput cols`;
  await typeLine(
    page,
    `rm -f hidden drawn; PS1=; clear; echo waits; ${untilThere('hidden')}; ${draw}; touch drawn`,
  );
  await expect.poll(() => rowsOf(page.locator('.xterm').nth(1))).toContain('waits');
  await openTerminal(page, serverName);
  await typeLine(page, `touch hidden; ${untilThere('drawn')}; echo over-$((40+2))`);
  await expectScreen(page, (rows) => rows.includes('over-42'));
  await firstTab(page).click();
  const drawn = async () => {
    const [mark = '', columns] = await rowsOf(page.locator('.xterm').nth(1));
    return { mark: mark.trim(), isAtEdge: mark.length === Number(columns) };
  };
  await expect.poll(drawn).toEqual({ mark: 'x', isAtEdge: true });
});
