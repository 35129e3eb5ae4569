/** The tools around a terminal: typing into several, names, session logs, splits that last, and shells that outlive the line. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openTerminal, typeLine } from '../support/app-page.ts';
import { expectRow, serverName } from '../support/live-page.ts';
import { rowsOf, splitPane, startBroadcast } from '../support/split-panes.ts';
import { expect, test } from '../support/terminal-test.ts';

test('typing goes to every terminal that takes part, under a loud sign, until one ends', async ({
  page,
}) => {
  await splitPane(page, 'Control+Shift+E');
  await startBroadcast(page, 2);
  await typeLine(page, 'clear; echo in-$((40+2))');
  for (const pane of [0, 1]) {
    await expect.poll(() => rowsOf(page.locator('.xterm').nth(pane))).toContain('in-42');
  }

  await page.getByRole('button', { name: 'Leave the broadcast' }).first().click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.locator('.xterm-helper-textarea').nth(1).focus();
  await typeLine(page, 'echo alone-$((40+2))');
  await expect.poll(() => rowsOf(page.locator('.xterm').nth(1))).toContain('alone-42');
  expect(await rowsOf(page.locator('.xterm').nth(0))).not.toContain('alone-42');

  await startBroadcast(page, 2);
  await typeLine(page, '[ $$ -gt 0 ] && test -z "$kept" && exit');
  await expect(page.getByText('The broadcast has ended')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a paste into several terminals says so first, and goes to all', async ({ page }) => {
  await splitPane(page, 'Control+Shift+E');
  await startBroadcast(page, 2);
  await page.evaluate(() => navigator.clipboard.writeText('echo one-$((1))\necho two-$((2))\n'));
  await page.keyboard.press('Control+Shift+V');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('It goes to 2 terminals at once.');
  await dialog.getByRole('button', { name: 'Paste' }).click();
  await expect(page.locator('.xterm-helper-textarea').nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  for (const pane of [0, 1])
    await expect.poll(() => rowsOf(page.locator('.xterm').nth(pane))).toContain('two-2');
});

test('a terminal is renamed on its tab, and split and name survive a reload', async ({ page }) => {
  await splitPane(page, 'Control+Shift+E');
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
  page,
  client,
}) => {
  await page.getByRole('tab', { name: serverName }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Record to a session log' }).click();
  const logged = async () => (await client.call('terminals.list', {})).items[0]?.log?.path ?? '';
  await expect.poll(logged).not.toBe('');
  const path = await logged();
  await expect(page.getByText(path)).toBeVisible();
  await page.locator('.xterm-helper-textarea').focus();
  await typeLine(page, 'echo in-the-log-$((40+2))');
  await expectRow(page, 'in-the-log-42');
  await page.getByRole('button', { name: 'Stop recording' }).click();
  await expect(page.getByText(path)).toHaveCount(0);
  await expect.poll(() => readFileSync(path, 'utf8')).toContain('in-the-log-42');
});

test('Enter opens a terminal on the first instance that was found by typing', async ({ page }) => {
  await page.getByRole('button', { name: 'New terminal' }).click();
  const search = page.getByRole('textbox', { name: 'Open a terminal on…' });
  await expect(search).toBeFocused();
  await page.keyboard.type(serverName.slice(0, 3));
  await expect(page.getByRole('option', { name: serverName })).toHaveAttribute(
    'data-combobox-selected',
    'true',
  );
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: `${serverName} open` })).toHaveCount(2);
});

test('the bell of a terminal that is not seen marks its tab until it is seen', async ({ page }) => {
  await typeLine(
    page,
    "rm -f ring; clear; echo waits; until [ -e ring ]; do sleep 0.1; done; printf '\\a'; echo rang",
  );
  await expectRow(page, 'waits');
  await openTerminal(page, serverName);
  await typeLine(page, 'touch ring');
  await expect(page.getByTitle('The bell rang')).toBeVisible();
  await page.keyboard.press('Control+PageUp');
  await expectRow(page, 'rang');
  await expect(page.getByTitle('The bell rang')).toHaveCount(0);
});

for (const screenReader of [true, false]) {
  test(`emoji, dead keys and composed text arrive once; a screen reader: ${screenReader}`, async ({
    sshd,
    page,
    context,
    client,
  }) => {
    const file = join(sshd.home, 'typed.txt');
    rmSync(file, { force: true });
    await typeLine(page, 'clear; echo takes it; cat > typed.txt');
    await expectRow(page, 'takes it');
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
    const arrived = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
    await expect.poll(arrived).toBe('a👩‍💻é한글🚀\n');
  });
}

test('the keys are listed, and a theme holds at once', async ({ page, client }) => {
  await page.locator('.xterm').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Keys of the terminals' }).click();
  await expect(page.getByRole('dialog')).toContainText('Ctrl+Shift+B');
  await page.keyboard.press('Escape');
  await client.call('settings.change', { terminal: { theme: 'solarized-dark' } });
  await expect(page.locator('#terminal-panes')).toHaveCSS('background-color', 'rgb(0, 43, 54)');
});

test('a screen reader names a terminal in the language of the page', async ({ client, page }) => {
  await expect(page.getByRole('textbox', { name: 'Terminal input' })).toBeAttached();
  await client.call('settings.change', { language: 'zh-TW' });
  await page.reload();
  await expect(page.getByRole('textbox', { name: '終端機輸入' })).toBeAttached();
});

test('closing a tab by keyboard leaves the keyboard at the next one', async ({ page }) => {
  await openTerminal(page, serverName);
  await page.keyboard.press('Control+Shift+L');
  await page.keyboard.press('Delete');
  const tabs = page.getByRole('tablist', { name: 'Terminals' }).getByRole('tab');
  await expect(tabs).toHaveCount(1);
  await expect(tabs).toBeFocused();
});
