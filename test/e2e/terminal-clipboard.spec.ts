/** The clipboard and the programs on an instance: never read, and written with a person's word only. */
import type { Page } from '@playwright/test';
import { typeLine } from '../support/app-page.ts';
import { expectRow, expectScreen, serverName } from '../support/live-page.ts';
import { expect, test } from '../support/terminal-test.ts';

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const write = (text: string) => `printf '\\e]52;c;${Buffer.from(text).toString('base64')}\\a'`;

test.beforeEach(async ({ page }) => {
  await page.evaluate(() => navigator.clipboard.writeText('mine'));
});

test('a program never reads the clipboard', async ({ page }) => {
  // Where the cursor is comes after all that is answered at once, and what takes its time comes in the second after it.
  await typeLine(
    page,
    `clear; stty -echo; printf '\\e]52;c;?\\a\\e[6n'; IFS= read -rsd R answer; IFS= read -rst 1 -d '' more; stty echo; printf 'answer=%q\\n' "$answer$more"`,
  );
  await expectRow(page, "answer=$'\\E[1;1'");
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a write is shown and asked about; a no keeps the clipboard as it is', async ({ page }) => {
  await typeLine(page, write('evil\n\u0003'));
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('region')).toHaveText('evil↵\n^C');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(await clipboard(page)).toBe('mine');
  await typeLine(page, `clear; ${write('again')}`);
  await expect(page.getByText('tried to change your clipboard')).toBeVisible();
  await expect(dialog).toHaveCount(0);
});

test('a yes for the instance holds for the next write, and each is told', async ({ page }) => {
  await typeLine(page, write('first'));
  await page.getByRole('button', { name: 'Always from this instance' }).click();
  // It is told once it is done, and for a moment only.
  await expect(page.getByText('wrote 5 characters to your clipboard')).toBeVisible();
  expect(await clipboard(page)).toBe('first');
  await typeLine(page, write('second'));
  await expect.poll(() => clipboard(page)).toBe('second');

  await page.addInitScript(() => {
    const clipboard = navigator.clipboard;
    const writeText = clipboard.writeText.bind(clipboard);
    const written: string[] = [];
    clipboard.writeText = (text) => {
      written.push(text);
      return writeText(text);
    };
    Object.assign(window, { written });
  });
  await page.reload();
  await expectScreen(page, (rows) => rows.some((row) => row.includes('52;c')));
  await page.locator('.xterm-helper-textarea').focus();
  await typeLine(page, write('the third'));
  await expect.poll(() => clipboard(page)).toBe('the third');
  // What was written before the reload is drawn again, and not written again.
  expect(await page.evaluate(() => Reflect.get(window, 'written'))).toEqual(['the third']);
});

test('of two windows on one terminal only the one that is looked at asks, and writes', async ({
  app,
  page,
  context,
}) => {
  const other = await context.newPage();
  await other.goto(await app.newLink());
  await other.locator('.xterm-helper-textarea').focus();
  await expectScreen(other, (rows) => rows[0] === '$');
  await typeLine(other, `clear; ${write('asked once')}; echo both-$((40+2))`);
  await other.getByRole('button', { name: 'Always from this instance' }).click();
  await expect(other.getByText('wrote 10 characters to your clipboard')).toBeVisible();
  await typeLine(other, `clear; ${write('and again')}; echo then-$((40+2))`);
  await expect(other.getByText('wrote 9 characters to your clipboard')).toBeVisible();
  await page.bringToFront();
  await expectRow(page, 'then-42');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText('to your clipboard')).toHaveCount(0);
  await expect(page.getByText('could not be put there')).toHaveCount(0);
});

test('a never holds too, and more than 100 kB is refused', async ({ page, client }) => {
  await typeLine(page, write('first'));
  await page.getByRole('button', { name: 'Never from this instance' }).click();
  await typeLine(page, write('second'));
  const refused = page.getByText('tried to change your clipboard');
  await expect(refused).toBeVisible();

  // This page would not ask again for a while anyway; a new one knows only what was kept.
  const { items } = await client.call('instances.list', {});
  const instance = items.find(({ name }) => name === serverName)?.key ?? '';
  const kept = async () => (await client.call('ssh.options', { instance })).options.clipboardWrite;
  await expect.poll(kept).toBe('never');
  await page.reload();
  await expectScreen(page, (rows) => rows.some((row) => row.includes('52;c')));
  await page.locator('.xterm-helper-textarea').focus();
  await typeLine(page, write('third'));
  await expect(refused).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await typeLine(
    page,
    `clear; printf '\\e]52;c;'; head -c 150000 /dev/zero | base64 -w0; printf '\\a'`,
  );
  await expect(page.getByText('more than 100 kB')).toBeVisible();
  expect(await clipboard(page)).toBe('mine');
});
