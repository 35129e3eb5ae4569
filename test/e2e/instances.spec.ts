/** The list of instances: fast with 10,000, whole by keyboard, and unmoved by hostile names. */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/e2e.ts';
import { clientOn, joinWebHost } from '../support/join-web-host.ts';
import type { WebApp } from '../support/web-app.ts';

interface SeedServer {
  readonly name: string;
  readonly tags?: readonly string[];
  readonly cents?: number;
}

/** Writes servers down before the page is opened; their ports refuse at once. */
async function seed(app: WebApp, servers: readonly SeedServer[]): Promise<void> {
  const client = clientOn(await joinWebHost(app.url));
  const batch = 2000;
  for (let from = 0; from < servers.length; from += batch) {
    await client.call('actions.run', {
      account: 'servers',
      action: 'add-servers',
      input: {
        servers: servers.slice(from, from + batch).map(({ name, tags = [], cents }) => ({
          name,
          host: '127.0.0.1',
          port: 9,
          user: 'root',
          tags,
          login: { kind: 'automatic' },
          price: cents === undefined ? null : { currency: 'USD', minor: cents, decimals: 2 },
        })),
      },
    });
  }
}

async function open(app: WebApp, page: Page): Promise<void> {
  await page.goto(await app.newLink());
  await page.getByRole('table', { name: 'Instances' }).waitFor();
}

const rows = (page: Page) => page.getByRole('table').locator('[role=row][data-index]');
const search = (page: Page) => page.getByRole('textbox', { name: 'Search instances' });

test('10,000 instances are sorted and filtered at once, and only those in sight are drawn', async ({
  app,
  page,
}) => {
  test.slow();
  await seed(
    app,
    Array.from({ length: 10_000 }, (_, index) => ({
      name: `node-${index}`,
      tags: index % 1000 === 7 ? ['rare'] : [],
      cents: index % 500,
    })),
  );
  await open(app, page);
  await expect(page.getByText('10,000 of 10,000')).toBeVisible();
  expect(await rows(page).count()).toBeLessThan(80);
  // As people count, not as letters go: node-2 stands before node-10.
  await expect(rows(page).nth(2)).toContainText('node-2');

  await search(page).fill('node-77');
  await expect(page.getByText('111 of 10,000')).toBeVisible();
  await expect(rows(page).first()).toContainText('node-77');
  await search(page).fill('rare');
  await expect(page.getByText('10 of 10,000')).toBeVisible();
  await search(page).fill('');

  await page.getByRole('button', { name: 'Name', exact: true }).click();
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect(rows(page).first()).toContainText('node-9999');

  await page.getByRole('button', { name: 'Filter by Tag' }).click();
  await page.getByRole('menuitem', { name: /rare/ }).click();
  await expect(page.getByText('10 of 10,000')).toBeVisible();
  await page.getByRole('button', { name: /Remove the filter Tag/ }).click();
  await expect(page.getByText('10,000 of 10,000')).toBeVisible();
});

test('everything is reached by keyboard', async ({ app, page }) => {
  await seed(
    app,
    Array.from({ length: 200 }, (_, index) => ({ name: `node-${index}` })),
  );
  await open(app, page);
  await page.keyboard.press('/');
  await expect(search(page)).toBeFocused();
  await page.keyboard.type('node-1');
  await page.keyboard.press('Escape');
  await expect(search(page)).toHaveValue('');
  await page.keyboard.press('Control+k');
  await expect(search(page)).toBeFocused();

  await rows(page).first().focus();
  await page.keyboard.press('End');
  await expect(rows(page).filter({ hasText: 'node-199' })).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(rows(page).filter({ hasText: /^node-1\D/ })).toBeFocused();
  await page.keyboard.press('Enter');
  const detail = page.getByRole('region', { name: 'Details of node-1' });
  await expect(detail).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('region', { name: 'Details of node-2' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: /Details of/ })).toBeHidden();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('node-198');
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await expect(rows(page).first()).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(rows(page).first().getByRole('button', { name: 'Terminal' })).toBeFocused();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('nowhere');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(rows(page).first()).toBeVisible();
  await expect(search(page)).toBeFocused();
});

test('Escape closes a dialog, changes nothing and gives the focus back', async ({ app, page }) => {
  await seed(app, [{ name: 'stays' }]);
  await open(app, page);
  await rows(page).first().getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove' });
  await expect(dialog).toContainText('The machine itself goes on running');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(rows(page)).toHaveCount(1);

  await page.getByRole('button', { name: 'Add server' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Add server' })).toBeFocused();
});

test('a server is edited and removed', async ({ app, page }) => {
  await seed(app, [{ name: 'old-name', tags: ['kept'] }]);
  await open(app, page);
  await rows(page).first().getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit server' });
  await expect(edit.getByLabel('Tags')).toHaveValue('kept');
  await edit.getByLabel('Name').fill('new-name');
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(rows(page).first()).toContainText('new-name');

  await rows(page).first().getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('heading', { name: 'Paste an SSH command' })).toBeVisible();
});

test('names with markup, emoji, other scripts and great length are only names', async ({
  app,
  page,
}) => {
  const names = [
    '<img src=x onerror="document.title=1"><b>bold</b>',
    '🚀🔥 launch 👩‍🚀',
    'مرحبا بالعالم',
    '語音辨識-batch',
    '{{count}} $t(common:burn)',
    'W'.repeat(200),
  ];
  await seed(
    app,
    names.map((name) => ({ name })),
  );
  await open(app, page);
  await expect(rows(page)).toHaveCount(names.length);
  for (const name of names) {
    const row = rows(page).filter({ hasText: name });
    await expect(row).toHaveCount(1);
    expect((await row.boundingBox())?.height).toBe(38);
    await row.getByText(name, { exact: true }).click();
    const detail = page.getByRole('region', { name: /Details of/ });
    await expect(detail.getByRole('heading', { level: 2 })).toHaveText(name);
  }
  expect(await page.title()).toBe('Pilothouse');
  const overflows = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
  await expect.poll(overflows).toBe(false);
  await page.setViewportSize({ width: 600, height: 800 });
  await expect.poll(overflows).toBe(false);
});

test('the page speaks three languages and says which', async ({ app, page }) => {
  await page.goto(app.url);
  await page.getByRole('button', { name: 'Settings' }).click();
  const html = page.locator('html');
  await expect(html).toHaveAttribute('lang', 'en');
  await page.getByLabel('Language').selectOption('繁體中文');
  await expect(page.getByRole('heading', { name: '設定', level: 1 })).toBeVisible();
  await expect(html).toHaveAttribute('lang', 'zh-TW');
  await page.getByLabel('語言').selectOption('简体中文');
  await expect(page.getByRole('heading', { name: '设置', level: 1 })).toBeVisible();
  await expect(html).toHaveAttribute('lang', 'zh-CN');
  await page.reload();
  await expect(page.getByRole('heading', { name: '设置', level: 1 })).toBeVisible();
});

test('light and dark follow the choice, and the system until one is made', async ({
  app,
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(app.url);
  const html = page.locator('html');
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'light');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('Dark', { exact: true }).click();
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.reload();
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark');
});
