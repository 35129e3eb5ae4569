/** How long a terminal lives: longer than its page, its channel and its connection. */
import { openTerminal, typeLine } from '../support/app-page.ts';
import { expectRow, expectScreen, screenRows, serverName } from '../support/live-page.ts';
import { expect, test } from '../support/terminal-test.ts';

/** So long a program waits for the terminal's answer. */
const patienceS = 10;

/** Asks the terminal where its cursor is, and says how often it answered. An answer that comes before `read` is no echo. */
const query = `clear; stty -echo; printf '\\e[6n'; IFS= read -rst ${patienceS} -d R && IFS= read -rst 1 -d '' more; stty echo; echo "said \${REPLY:+R}$(printf %s "$more" | tr -cd R)"`;

/** The shell says how wide it is once that is no longer so; a page's size is on its way when what is typed there is. */
const widthAfter = (columns: string) =>
  `clear; until [ "$(tput cols)" != ${columns} ]; do sleep 0.1; done; tput cols`;

test('a terminal survives leaving the page and a reload', async ({ page }) => {
  await typeLine(page, "kept='in the shell'; echo seen before");
  await expectRow(page, 'seen before');

  await page
    .getByRole('link', { name: /Tunnels/ })
    .or(page.getByRole('button', { name: /^Tunnels/ }))
    .first()
    .click();
  await expectRow(page, 'seen before');

  await page.reload();
  await expectRow(page, 'seen before');
  await page.locator('.xterm-helper-textarea').focus();
  await typeLine(page, 'echo still $kept');
  await expectRow(page, 'still in the shell');
});

test('queries that were answered before a reload are not answered again into the shell', async ({
  page,
}) => {
  await typeLine(
    page,
    "stty -echo; printf '\\e[c\\e[6n'; read -rst 10 -d c; read -rst 10 -d R; stty echo; clear; echo quiet",
  );
  await expectScreen(page, (rows) => rows[0] === 'quiet' && rows[1] === '$');
  await page.reload();
  await expectScreen(page, (rows) => rows[0] === 'quiet');
  await page.locator('.xterm-helper-textarea').focus();
  await typeLine(page, 'echo typed');
  await expectScreen(page, (rows) => rows[1] === '$ echo typed' && rows[2] === 'typed');
});

test('of two browsers on one terminal one answers a query, and the other does when that is gone', async ({
  app,
  page,
  browser,
}) => {
  const other = await browser.newPage();
  await other.goto(await app.newLink());
  await expectScreen(other, (rows) => rows[0] === '$');
  await page.bringToFront();
  await page.locator('.xterm-helper-textarea').focus();
  await typeLine(page, query);
  await expectRow(page, 'said R');
  await page.close();
  await other.bringToFront();
  await other.locator('.xterm-helper-textarea').focus();
  await typeLine(other, query);
  await expectRow(other, 'said R');
});

test('the page that is looked at answers, however slow another is', async ({
  app,
  page,
  context,
}) => {
  const other = await context.newPage();
  await other.goto(await app.newLink());
  await other.bringToFront();
  await expectScreen(other, (rows) => rows[0] === '$');
  await other.locator('.xterm-helper-textarea').focus();
  await page.evaluate((busyMs) => {
    setTimeout(() => {
      const until = performance.now() + busyMs;
      while (performance.now() < until);
    });
  }, 2000 * patienceS);
  await typeLine(other, query);
  await expectRow(other, 'said R');
});

test('the page that has the keyboard says how large a terminal is', async ({
  app,
  page,
  context,
}) => {
  await typeLine(page, 'clear; tput cols');
  await expectScreen(page, (rows) => Number(rows[0]) > 0);
  const [columns = ''] = await screenRows(page);
  const other = await context.newPage();
  await other.setViewportSize({ width: 800, height: 600 });
  await other.goto(await app.newLink());
  await expectScreen(other, (rows) => rows.length > 0);
  await other.locator('.xterm-helper-textarea').focus();
  await typeLine(other, widthAfter(columns));
  await expectScreen(other, (rows) => Number(rows[0]) > 0 && rows[0] !== columns);
  const [fewer = ''] = await screenRows(other);
  await page.bringToFront();
  await page.getByRole('tablist', { name: 'Terminals' }).getByRole('tab').focus();
  await page.locator('.xterm-helper-textarea').focus();
  await typeLine(page, widthAfter(fewer));
  await expectScreen(page, (rows) => rows[0] === columns);
});

test('output goes on at the exact byte after the channel was lost', async ({ page }) => {
  const channels: { cut(): void }[] = [];
  await page.routeWebSocket(/\/channel$/, (socket) => {
    socket.connectToServer();
    channels.push({ cut: () => void socket.close() });
  });
  const cutAndReturn = async () => {
    const before = channels.length;
    channels.at(-1)?.cut();
    await expect.poll(() => channels.length).toBeGreaterThan(before);
  };
  await page.reload();
  await expectScreen(page, (rows) => rows[0] === '$');
  await page.locator('.xterm-helper-textarea').focus();
  await typeLine(page, 'clear; for i in 1 2 3 4 5 6; do echo "line $i"; sleep 0.7; done; echo END');
  await expectRow(page, 'line 1');
  await cutAndReturn();
  await expectRow(page, 'line 3');
  await cutAndReturn();
  await expectRow(page, 'END', 30_000);
  const lines = (await screenRows(page)).filter((row) => row.startsWith('line '));
  expect(lines).toEqual([1, 2, 3, 4, 5, 6].map((number) => `line ${number}`));
});

test('a lost connection is said in plain words, and Enter brings a new shell', async ({
  sshd,
  page,
}) => {
  // Without words of its own at login, so that all of it is on one screen.
  await typeLine(page, 'touch .hushlogin; echo seen before');
  await expectRow(page, 'seen before');
  sshd.dropSessions();
  const reconnect = page.getByRole('button', { name: 'Reconnect' });
  await expect(reconnect).toBeVisible();
  await expect(page.getByRole('tab', { name: /failed|closed/ })).toBeVisible();
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.press('Enter');
  // What is typed before the shell is there waits for it.
  await typeLine(page, 'echo again');
  await expect(reconnect).toHaveCount(0);
  await expectScreen(page, (rows) => {
    const before = rows.indexOf('seen before');
    return before >= 0 && rows.indexOf('again') > before;
  });
});

test('a new shell does not inherit what a lost program did to the terminal', async ({
  sshd,
  page,
}) => {
  await typeLine(page, 'vim -u NONE -N');
  await expectScreen(page, (rows) => rows[1] === '~');
  sshd.dropSessions();
  await page.getByRole('button', { name: 'Reconnect' }).click();
  await page.locator('.xterm-helper-textarea').focus();
  await typeLine(page, 'echo again');
  await expectScreen(page, (rows) => rows.includes('again') && !rows.includes('~'));
});

test('a shell that ended says its exit status', async ({ page }) => {
  await typeLine(page, 'exit 3');
  await expect(page.getByText('The shell ended with exit status 3.')).toBeVisible();
});

test('tabs, search and zoom work by keyboard', async ({ page, client }) => {
  await typeLine(page, 'clear; echo first needle; echo second needle');
  await expectRow(page, 'second needle');
  await page.keyboard.press('Control+Shift+F');
  await page.getByPlaceholder('Search this terminal').fill('needle');
  await expect(page.getByText(/\d of 2/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByPlaceholder('Search this terminal')).toHaveCount(0);
  await expect(page.locator('.xterm-helper-textarea')).toBeFocused();

  const before = (await client.call('settings.read', {})).terminal.fontSizePx;
  await page.keyboard.press('Control+=');
  await expect
    .poll(async () => (await client.call('settings.read', {})).terminal.fontSizePx)
    .toBe(before + 1);

  await openTerminal(page, serverName);
  const tabs = page.getByRole('tab', { name: serverName });
  await expect(tabs.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+PageUp');
  await expect(tabs.nth(0)).toHaveAttribute('aria-selected', 'true');
  await expectRow(page, 'second needle');

  await page
    .getByRole('button', { name: `Close ${serverName}` })
    .first()
    .click();
  await expect(tabs).toHaveCount(1);
});
