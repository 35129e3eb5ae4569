/** Terminals in a real browser on a real OpenSSH server: what programs draw, what is typed, what is pasted. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { typeLine, waitForKeyboard } from '../support/app-page.ts';
import { drawnBytes, expectRow, expectScreen, screenRows } from '../support/live-page.ts';
import { expect, test } from '../support/terminal-test.ts';

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `line ${from + at}`);

test('vim draws its lines, its columns and its status, and leaves the screen as it was', async ({
  sshd,
  page,
}) => {
  writeFileSync(join(sshd.home, 'notes.txt'), `${numbered(1, 200).join('\n')}\n`, { mode: 0o666 });
  await typeLine(page, "vim -u NONE -N +'set number laststatus=2' notes.txt");
  await expectScreen(page, (rows) => /^notes\.txt/.test(rows.at(-2) ?? ''));
  const lines = async () => (await screenRows(page)).slice(0, -2);
  const count = (await lines()).length;
  const drawn = numbered(1, count).map((line, at) => `${String(at + 1).padStart(3)} ${line}`);
  await expect.poll(lines).toEqual(drawn);

  await page.keyboard.type('G');
  await expectScreen(page, (now) => now.at(-3) === '200 line 200');
  await page.keyboard.type(':vsplit\n');
  await expectScreen(page, (now) => /^\d{3} line \d+ +\|\d{3} line \d+$/.test(now[0] ?? ''));
  await page.keyboard.type(':qa\n');
  await expectScreen(page, (now) => now[0]?.startsWith('$ vim') === true && now[1] === '$');
});

test('top draws one screen and draws over it', async ({ page }) => {
  await typeLine(page, 'top -d 0.5');
  const clock = (rows: readonly string[]) => /^top - (\S+)/.exec(rows[0] ?? '')?.[1];
  await expectScreen(page, (rows) => clock(rows) !== undefined);
  const first = clock(await screenRows(page));
  const once = (rows: readonly string[], row: RegExp) =>
    rows.filter((other) => row.test(other)).length === 1;
  await expectScreen(
    page,
    (rows) =>
      ![undefined, first].includes(clock(rows)) &&
      once(rows, /^top - /) &&
      once(rows, /^\s*PID USER/),
  );
  await page.keyboard.type('q');
  await expectScreen(page, (now) => now.includes('$'));
});

test('CJK, combined and joined characters are drawn, and as wide as the shell believes', async ({
  sshd,
  page,
}) => {
  const words = ['語音辨識', '한국어', 'é', '👩‍💻', '🚀', '🇹🇼'];
  const columns = [8, 6, 1, 2, 2, 2];
  writeFileSync(join(sshd.home, 'words.txt'), `${words.join('\n')}\n`, { mode: 0o644 });
  // The terminal itself says where its cursor stands after each word.
  writeFileSync(
    join(sshd.home, 'widths.sh'),
    [
      // An answer that comes before `read` would be echoed, and move the cursor.
      'stty -echo',
      'while IFS= read -r word <&3; do',
      `  printf '%s\\e[6n' "$word"`,
      `  IFS='[;' read -rsd R _ _ column`,
      `  printf ' is %s\\n' "$((column - 1))"`,
      'done 3< words.txt',
      'stty echo',
    ].join('\n'),
    { mode: 0o644 },
  );
  await typeLine(page, 'clear; bash widths.sh');
  const widths = async () => (await screenRows(page)).filter((row) => row.includes(' is '));
  await expect.poll(widths).toEqual(words.map((word, at) => `${word} is ${columns[at]}`));
});

test('an input method types what it composed, once', async ({ page, context }) => {
  const devtools = await context.newCDPSession(page);
  await page.keyboard.type('echo ');
  for (const text of ['ㄓ', 'ㄓㄨㄥ', '中文']) {
    await devtools.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  }
  await devtools.send('Input.insertText', { text: '中文' });
  await expectScreen(page, (rows) => rows[0] === '$ echo 中文');
  await page.keyboard.press('Enter');
  await expectRow(page, '中文');
});

test('the shell knows the size of the pane, and every change of it', async ({ page }) => {
  const size = async () => {
    await typeLine(page, 'clear; stty size');
    await expectScreen(page, (rows) => /^\d+ \d+$/.test(rows[0] ?? ''));
    const [rows = 0, columns = 0] = ((await screenRows(page))[0] ?? '').split(' ').map(Number);
    return { rows, columns };
  };
  const wide = await size();
  expect(wide.rows).toBe((await screenRows(page)).length);

  await page.setViewportSize({ width: 1000, height: 900 });
  await expect.poll(async () => (await size()).columns).toBeLessThan(wide.columns);

  await page.getByRole('button', { name: 'Split' }).click();
  await page.getByRole('menuitem', { name: 'Split right' }).click();
  await expect(page.locator('.xterm')).toHaveCount(2);
  const terminals = page.getByRole('tablist', { name: 'Terminals' });
  await expect(terminals.getByRole('tab')).toHaveCount(1);
});

test('50 MB of output arrives whole', async ({ page }) => {
  test.setTimeout(400_000);
  // A shell without an echo or a prompt: every byte drawn from here on is the file's.
  await typeLine(page, "seq -f '%099.0f' 500000 > big.txt; PS1='' exec dash");
  await typeLine(page, 'stty -echo; wc -c big.txt');
  await expectRow(page, '50000000 big.txt', 30_000);
  const before = await drawnBytes(page);
  await typeLine(page, 'cat big.txt');
  const carriageReturns = 500_000;
  const whole = 50_000_000 + carriageReturns;
  await expect
    .poll(async () => (await drawnBytes(page)) - before, { timeout: 350_000 })
    .toBeGreaterThanOrEqual(whole);
  expect((await drawnBytes(page)) - before).toBe(whole);
  await expectScreen(page, (rows) => rows.includes('500000'.padStart(99, '0')));
});

test('a paste of one megabyte arrives whole', async ({ sshd, page }) => {
  const text = Array.from({ length: 10_000 }, (_, at) => `${at} `.padEnd(104, 'x')).join('\n');
  await page.evaluate((clipboard) => navigator.clipboard.writeText(clipboard), `${text}\n`);
  const file = join(sshd.home, 'pasted.txt');
  rmSync(file, { force: true });
  await typeLine(page, 'clear; echo takes it; cat > pasted.txt; clear; echo DONE');
  // By then the shell's own wish for brackets around a paste is undone.
  await expectRow(page, 'takes it');
  await page.keyboard.press('Control+Shift+V');
  await expect(page.getByRole('dialog')).toContainText('It has several lines');
  await page.getByRole('dialog').getByRole('button', { name: 'Paste' }).click();
  const digest = (data: string) => createHash('sha256').update(data).digest('hex');
  const arrived = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  await expect.poll(() => arrived().length, { timeout: 60_000 }).toBe(text.length + 1);
  expect(digest(arrived())).toBe(digest(`${text}\n`));
  await waitForKeyboard(page);
  await page.keyboard.press('Control+D');
  await expectRow(page, 'DONE');
});

test('a hostile paste is shown with its signs, and cannot leave the bracket', async ({ page }) => {
  await typeLine(page, "clear; printf '\\e[?2004h'; echo takes it; cat -v");
  await expectRow(page, 'takes it');
  await page.evaluate(() => navigator.clipboard.writeText('good \u001b[201~evil\u0003\u009b201~'));
  await page.keyboard.press('Control+Shift+V');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('3 control characters were taken out');
  await expect(dialog.getByRole('region')).toHaveText('good ^[[201~evil^CU+009B201~');

  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect((await screenRows(page)).join()).not.toContain('evil');

  await waitForKeyboard(page);
  await page.keyboard.press('Control+Shift+V');
  await dialog.getByRole('button', { name: 'Paste' }).click();
  await waitForKeyboard(page);
  await page.keyboard.press('Enter');
  await expectRow(page, '^[[200~good [201~evil201~^[[201~');
});

test('a link shows where it leads, and opens only with Ctrl held', async ({ page, context }) => {
  await context.route('https://real.example/**', (route) => route.fulfill({ body: 'there' }));
  await typeLine(
    page,
    "clear; printf '\\e]8;;https://real.example/a\\e\\\\https://bank.example\\e]8;;\\e\\\\\\n'",
  );
  await expectRow(page, 'https://bank.example');
  const screen = page.locator('.xterm-screen');
  const onLink = { position: { x: 40, y: 8 } };
  await screen.hover(onLink);
  await expect(page.getByText('https://real.example/a', { exact: true })).toBeVisible();

  await screen.click(onLink);
  expect(context.pages()).toHaveLength(1);
  const opened = context.waitForEvent('page');
  await screen.click({ ...onLink, modifiers: ['Control'] });
  const there = await opened;
  await there.waitForURL('https://real.example/a');
  expect(await there.evaluate(() => [document.referrer, window.opener])).toEqual(['', null]);

  await typeLine(
    page,
    "clear; printf '\\e]8;;javascript:alert(1)\\e\\\\harmless\\e]8;;\\e\\\\\\n'",
  );
  await expectRow(page, 'harmless');
  await screen.click({ ...onLink, modifiers: ['Control'] });
  await expect(page.getByText('The link was not opened')).toBeVisible();
  expect(context.pages()).toHaveLength(2);
});

test('true colours and reversed text are drawn under the content security policy', async ({
  page,
}) => {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await typeLine(
    page,
    "clear; printf '\\e[38;2;255;100;0;48;2;0;0;60mtrue\\e[0m \\e[7mreversed\\e[0m\\n'",
  );
  await expectRow(page, 'true reversed');
  // A machine with a graphics card draws by WebGL, where nothing of this can go wrong.
  if ((await page.locator('.xterm-screen canvas').count()) === 0) {
    const drawn = (text: string) =>
      page
        .locator('.xterm-rows span')
        .getByText(text, { exact: true })
        .evaluate((span) => {
          const { color, backgroundColor } = getComputedStyle(span);
          return { color, backgroundColor };
        });
    expect(await drawn('true')).toEqual({
      color: 'rgb(255, 100, 0)',
      backgroundColor: 'rgb(0, 0, 60)',
    });
    const reversed = await drawn('reversed');
    const ground = await page
      .locator('#terminal-panes')
      .evaluate((panes) => getComputedStyle(panes).backgroundColor);
    expect(reversed.color).toBe(ground);
  }
  expect(complaints).toEqual([]);
});
