/** The tools around a terminal: typing into several, names, session logs, splits that last, and shells that outlive the line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openTerminal, typeLine } from '../support/app-page.ts';
import { expect, test } from '../support/e2e.ts';
import {
  expectRow,
  expectScreen,
  openPlainTerminal,
  openWithServer,
  serverName,
} from '../support/live-page.ts';

const rowsOf = (page: Page, pane: number) =>
  page
    .locator('.xterm')
    .nth(pane)
    .locator('.xterm-accessibility-tree > *')
    .evaluateAll((rows) => rows.map((row) => (row.textContent ?? '').trimEnd()));

async function splitRight(page: Page): Promise<void> {
  await page.keyboard.press('Control+Shift+E');
  await expect(page.locator('.xterm')).toHaveCount(2);
  await expect.poll(async () => (await rowsOf(page, 1)).some((row) => row !== '')).toBe(true);
  await page.locator('.xterm-helper-textarea').nth(1).focus();
  await typeLine(page, "PS1='$ '; clear");
}

test('typing goes to every terminal that takes part, under a loud sign, until one ends', async ({
  app,
  sshd,
  page,
}) => {
  await openWithServer(page, app, sshd);
  await openPlainTerminal(page);
  await splitRight(page);
  await page.keyboard.press('Control+Shift+B');
  await page.getByRole('button', { name: 'Type into 2 terminals' }).click();
  await expect(page.getByRole('alert')).toContainText('Typing goes to 2 terminals');
  await typeLine(page, 'clear; echo in-$((40+2))');
  for (const pane of [0, 1]) {
    await expect.poll(() => rowsOf(page, pane)).toContain('in-42');
  }

  await page.getByRole('button', { name: 'Leave the broadcast' }).first().click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.locator('.xterm-helper-textarea').nth(1).focus();
  await typeLine(page, 'echo alone-$((40+2))');
  await expect.poll(() => rowsOf(page, 1)).toContain('alone-42');
  expect(await rowsOf(page, 0)).not.toContain('alone-42');

  await page.keyboard.press('Control+Shift+B');
  await page.getByRole('button', { name: 'Type into 2 terminals' }).click();
  await page.locator('.xterm-helper-textarea').nth(1).focus();
  await typeLine(page, '[ $$ -gt 0 ] && test -z "$kept" && exit');
  await expect(page.getByText('The broadcast has ended')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a paste into several terminals says so first, and goes to all', async ({
  app,
  sshd,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openWithServer(page, app, sshd);
  await openPlainTerminal(page);
  await splitRight(page);
  await page.keyboard.press('Control+Shift+B');
  await page.getByRole('button', { name: 'Type into 2 terminals' }).click();
  await page.evaluate(() => navigator.clipboard.writeText('echo one-$((1))\necho two-$((2))\n'));
  await page.locator('.xterm-helper-textarea').nth(1).focus();
  await page.keyboard.press('Control+Shift+V');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('It goes to 2 terminals at once.');
  await dialog.getByRole('button', { name: 'Paste' }).click();
  await expect(page.locator('.xterm-helper-textarea').nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  for (const pane of [0, 1]) await expect.poll(() => rowsOf(page, pane)).toContain('two-2');
});

test('a terminal is renamed on its tab, and split and name survive a reload', async ({
  app,
  sshd,
  page,
}) => {
  await openWithServer(page, app, sshd);
  await openPlainTerminal(page);
  await splitRight(page);
  await page.keyboard.press('Control+Shift+L');
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'Rename' });
  await field.fill('訓練');
  await field.press('Enter');
  const named = page.getByRole('tab', { name: `${serverName} + 訓練` });
  await named.dblclick();
  await field.fill('not kept');
  await field.press('Escape');
  await expect(named).toBeVisible();
  await named.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await expect(field).toBeFocused();
  await field.fill('訓練');
  await field.press('Enter');
  await expect(named).toBeVisible();
  await page.reload();
  await expect(page.locator('.xterm')).toHaveCount(2);
  await expect(page.getByRole('tab', { name: `${serverName} + 訓練` })).toBeVisible();
});

test('a session log is switched on in the menu, is marked, and has the output', async ({
  app,
  sshd,
  page,
}) => {
  const client = await openWithServer(page, app, sshd);
  await openPlainTerminal(page);
  await page.getByRole('tab', { name: serverName }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Record to a session log' }).click();
  const [terminal] = (await client.call('terminals.list', {})).items;
  const path = (await client.call('terminals.list', {})).items[0]?.log?.path ?? '';
  expect(terminal?.id).toBeDefined();
  await expect(page.getByText(path)).toBeVisible();
  await page.locator('.xterm-helper-textarea').focus();
  await typeLine(page, 'echo in-the-log-$((40+2))');
  await expectRow(page, 'in-the-log-42');
  await page.getByRole('button', { name: 'Stop recording' }).click();
  await expect(page.getByText(path)).toHaveCount(0);
  await expect.poll(() => readFileSync(path, 'utf8')).toContain('in-the-log-42');
});

test('Enter opens a terminal on the first instance that was found by typing', async ({
  app,
  sshd,
  page,
}) => {
  await openWithServer(page, app, sshd);
  await page.getByRole('button', { name: 'New terminal' }).click();
  const search = page.getByRole('textbox', { name: 'Open a terminal on…' });
  await expect(search).toBeFocused();
  await page.keyboard.type(serverName.slice(0, 3));
  await expect(page.getByRole('option', { name: serverName })).toHaveAttribute(
    'data-combobox-selected',
    'true',
  );
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: `${serverName} open` }).waitFor();
});

test('a terminal in tmux comes back to its programs by itself, and says how to find them', async ({
  app,
  sshd,
  page,
}) => {
  await openWithServer(page, app, sshd);
  await page.getByRole('button', { name: 'New terminal' }).click();
  await page.getByText('tmux', { exact: true }).click();
  await page.getByRole('option', { name: serverName, exact: true }).click();
  await page.getByRole('tab', { name: `${serverName} open` }).waitFor();
  await page.locator('.xterm-helper-textarea').focus();
  await typeLine(page, "PS1='$ '; clear; kept='in the shell'");
  await expectScreen(page, (rows) => rows[0]?.startsWith('$') === true);
  sshd.dropSessions();
  await expect(page.getByText(/Connecting to .* again/)).toBeVisible();
  await page.getByRole('tab', { name: `${serverName} open` }).waitFor();
  await page.locator('.xterm-helper-textarea').focus();
  await typeLine(page, 'clear; echo still $kept');
  await expectRow(page, 'still in the shell');
  await page.getByRole('button', { name: `Close ${serverName}` }).click();
  await expect(page.getByText(/tmux attach -t pilothouse-[0-9a-f]{12}/)).toBeVisible();
});

test('the bell of a terminal that is not seen marks its tab until it is seen', async ({
  app,
  sshd,
  page,
}) => {
  await openWithServer(page, app, sshd);
  await openPlainTerminal(page);
  await typeLine(page, "sleep 2; printf '\\a'; echo rang");
  await openTerminal(page, serverName);
  await expect(page.getByTitle('The bell rang')).toBeVisible();
  await page.keyboard.press('Control+PageUp');
  await expectRow(page, 'rang');
  await expect(page.getByTitle('The bell rang')).toHaveCount(0);
});

for (const screenReader of [true, false]) {
  test(`emoji, dead keys and composed text arrive once; a screen reader: ${screenReader}`, async ({
    app,
    sshd,
    page,
    context,
  }) => {
    const client = await openWithServer(page, app, sshd);
    await openPlainTerminal(page);
    await typeLine(page, 'clear; cat > typed.txt');
    await client.call('settings.change', { terminal: { screenReader } });
    const devtools = await context.newCDPSession(page);
    const compose = (text: string) =>
      devtools.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
    const insert = async (text: string) => {
      await devtools.send('Input.insertText', { text });
      // xterm sends what was composed a moment later; no hand is quicker.
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 30)));
    };
    await page.keyboard.type('a');
    await insert('👩‍💻');
    // A dead key shows its accent until the letter comes.
    await compose('´');
    await insert('é');
    for (const text of ['ㄏ', 'ㄏㄢ', '한']) await compose(text);
    await insert('한글');
    await insert('🚀');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+D');
    const arrived = () => readFileSync(join(sshd.home, 'typed.txt'), 'utf8');
    await expect.poll(arrived).toBe('a👩‍💻é한글🚀\n');
  });
}

test('the keys are listed, and a theme holds at once', async ({ app, sshd, page }) => {
  const client = await openWithServer(page, app, sshd);
  await openPlainTerminal(page);
  await page.locator('.xterm').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Keys of the terminals' }).click();
  await expect(page.getByRole('dialog')).toContainText('Ctrl+Shift+B');
  await page.keyboard.press('Escape');
  await client.call('settings.change', { terminal: { theme: 'solarized-dark' } });
  await expect(page.locator('#terminal-panes')).toHaveCSS('background-color', 'rgb(0, 43, 54)');
});

test('a screen reader names a terminal in the language of the page', async ({
  app,
  sshd,
  page,
}) => {
  const client = await openWithServer(page, app, sshd);
  await openTerminal(page, serverName);
  await expect(page.getByRole('textbox', { name: 'Terminal input' })).toBeAttached();
  await client.call('settings.change', { language: 'zh-TW' });
  await page.reload();
  await expect(page.getByRole('textbox', { name: '終端機輸入' })).toBeAttached();
});

test('closing a tab by keyboard leaves the keyboard at the next one', async ({
  app,
  sshd,
  page,
}) => {
  await openWithServer(page, app, sshd);
  await openPlainTerminal(page);
  await openTerminal(page, serverName);
  await page.keyboard.press('Control+Shift+L');
  await page.keyboard.press('Delete');
  const tabs = page.getByRole('tablist', { name: 'Terminals' }).getByRole('tab');
  await expect(tabs).toHaveCount(1);
  await expect(tabs).toBeFocused();
});
