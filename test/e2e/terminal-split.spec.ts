/** Several terminals in one tab: side by side, below each other, nested; their sizes, and the keyboard between them. */
import type { Locator, Page } from '@playwright/test';
import { typeLine, waitForKeyboard } from '../support/app-page.ts';
import { serverName } from '../support/live-page.ts';
import { activePane, paneWith, rowsOf, splitPane, startBroadcast } from '../support/split-panes.ts';
import { expect, test } from '../support/terminal-test.ts';

/** Each opens up to four shells. */
test.describe.configure({ timeout: 180_000 });

const right = 'Control+Shift+E';
const down = 'Control+Shift+O';

async function mark(page: Page, name: string): Promise<void> {
  await typeLine(page, `clear; echo ${name.slice(0, 3)}''${name.slice(3)}`);
  await expect.poll(() => rowsOf(activePane(page))).toContain(name);
}

const expectKeyboardIn = (page: Page, name: string) =>
  expect(paneWith(page, name).locator('.xterm-helper-textarea')).toBeFocused();

async function boxOf(pane: Locator) {
  return (await pane.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
}

/** One above the other at the left, and so at the right; the keyboard is at the lower left. */
async function openFour(page: Page): Promise<void> {
  await mark(page, 'upper-left');
  await splitPane(page, right);
  await mark(page, 'upper-right');
  await splitPane(page, down);
  await mark(page, 'lower-right');
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await expectKeyboardIn(page, 'upper-left');
  await splitPane(page, down);
  await mark(page, 'lower-left');
}

test('four panes stand in their places, and the keyboard moves between neighbours', async ({
  page,
}) => {
  await openFour(page);
  await expect(page.getByRole('tab', { name: `${serverName} ×4` })).toBeVisible();
  const upperLeft = await boxOf(paneWith(page, 'upper-left'));
  const lowerRight = await boxOf(paneWith(page, 'lower-right'));
  expect(lowerRight.x).toBeGreaterThan(upperLeft.x + upperLeft.width - 1);
  expect(lowerRight.y).toBeGreaterThan(upperLeft.y + upperLeft.height - 1);
  for (const [arrow, name] of [
    ['Right', 'lower-right'],
    ['Up', 'upper-right'],
    ['Left', 'upper-left'],
    ['Left', 'upper-left'],
    ['Down', 'lower-left'],
  ] as const) {
    await page.keyboard.press(`Control+Shift+Arrow${arrow}`);
    await expectKeyboardIn(page, name);
  }
  await page.keyboard.press('Control+Shift+J');
  await expectKeyboardIn(page, 'upper-right');
});

test('a broadcast reaches every pane of the tab, each under its sign', async ({ page }) => {
  await openFour(page);
  await startBroadcast(page, 4);
  await expect(page.getByRole('button', { name: 'Leave the broadcast' })).toHaveCount(4);
  await typeLine(page, 'clear; echo in-$((40+2))');
  for (let pane = 0; pane < 4; pane += 1) {
    await expect.poll(() => rowsOf(page.locator('.xterm').nth(pane))).toContain('in-42');
  }
});

test('sizes are dragged or moved by keys, and are the same after a reload', async ({ page }) => {
  await mark(page, 'the-left');
  await splitPane(page, right);
  await mark(page, 'the-right');
  const left = paneWith(page, 'the-left');
  const half = (await boxOf(left)).width;
  const line = page.getByRole('separator', { name: 'Border between two terminals' });
  await line.hover();
  const { x, y } = await boxOf(line);
  // Another button than the first takes hold of nothing.
  await page.mouse.down({ button: 'middle' });
  await page.mouse.move(x - 100, y + 40, { steps: 4 });
  await page.mouse.up({ button: 'middle' });
  expect((await boxOf(left)).width).toBe(half);
  await line.hover();
  await page.mouse.down();
  await page.mouse.move(x - 200, y + 40, { steps: 4 });
  await page.mouse.up();
  // All four steps of it.
  await expect.poll(async () => (await boxOf(left)).width).toBeLessThan(half - 175);
  // What is in the pane follows its size.
  await expectKeyboardIn(page, 'the-right');
  const dragged = (await boxOf(left)).width;
  await line.press('ArrowLeft');
  await expect.poll(async () => (await boxOf(left)).width).toBeLessThan(dragged - 10);

  const kept = (await boxOf(left)).width;
  await page.reload();
  await expect.poll(() => rowsOf(page.locator('.xterm').nth(1))).toContain('the-right');
  await expect.poll(async () => Math.abs((await boxOf(left)).width - kept)).toBeLessThan(10);
});

test('a search is of the pane with the keyboard, and ends where one goes to another', async ({
  page,
}) => {
  await mark(page, 'the-left');
  await splitPane(page, right);
  await mark(page, 'the-right');
  await page.keyboard.press('Control+Shift+F');
  const field = page.getByPlaceholder('Search this terminal');
  await expect(field).toBeFocused();
  const pane = await boxOf(paneWith(page, 'the-right'));
  expect((await boxOf(field)).x).toBeGreaterThan(pane.x);
  await page.keyboard.type('right');
  await expect(page.getByRole('search').getByText('1 of 1')).toBeVisible();
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await expectKeyboardIn(page, 'the-left');
  await expect(field).toHaveCount(0);
});

test('a pane that is closed leaves its room and the keyboard to the one beside it', async ({
  page,
}) => {
  await openFour(page);
  const upperLeft = paneWith(page, 'upper-left');
  const half = (await boxOf(upperLeft)).height;
  await page.keyboard.press('Control+Shift+X');
  await expect(page.locator('.xterm')).toHaveCount(3);
  await expect.poll(async () => (await boxOf(upperLeft)).height).toBeGreaterThan(1.6 * half);
  await expectKeyboardIn(page, 'upper-left');
  await typeLine(page, 'echo still-$((40+2))');
  await expect.poll(() => rowsOf(upperLeft)).toContain('still-42');

  await paneWith(page, 'upper-right').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Close this pane' }).click();
  await expect(page.locator('.xterm')).toHaveCount(2);
  await waitForKeyboard(page);
  await page.keyboard.press('Control+Shift+ArrowRight');
  await expectKeyboardIn(page, 'lower-right');
});
