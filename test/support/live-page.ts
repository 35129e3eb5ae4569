/** The product opened in a page with one real server in it, and what a test reads from its terminals. */
import { expect, type Page } from '@playwright/test';
import type { Client } from '../../renderer/client/client.ts';
import { openTerminal, typeLine } from './app-page.ts';
import { clientOn, joinWebHost } from './join-web-host.ts';
import type { Sshd } from './sshd.ts';
import type { WebApp } from './web-app.ts';

export const serverName = 'training-box';

/**
 * Adds the server beside the page, then opens the page. Terminals are read through the rows that xterm
 * keeps for screen readers: nothing is put on `window` for tests.
 */
export async function openWithServer(page: Page, app: WebApp, sshd: Sshd): Promise<Client> {
  const client = clientOn(await joinWebHost(app.url));
  await client.call('settings.change', { language: 'en', terminal: { screenReader: true } });
  await client.call('actions.run', {
    account: 'servers',
    action: 'add-servers',
    input: {
      servers: [
        {
          name: serverName,
          host: sshd.host,
          port: sshd.port,
          user: sshd.user,
          tags: [],
          price: null,
          login: { kind: 'automatic' },
        },
      ],
    },
  });
  await page.goto(await app.newLink());
  return client;
}

/** A terminal whose prompt is one dollar sign, on an empty screen. */
export async function openPlainTerminal(page: Page): Promise<void> {
  await openTerminal(page, serverName);
  await typeLine(page, "unset PROMPT_COMMAND; PS1='$ '; clear");
  await expectScreen(page, (rows) => rows[0] === '$');
}

/** Every row of the terminal that is seen, without the blanks at its end. */
export function screenRows(page: Page): Promise<string[]> {
  return page
    .locator('.xterm-accessibility-tree > *')
    .evaluateAll((rows) => rows.map((row) => (row.textContent ?? '').trimEnd()));
}

/** Waits until the screen is as wanted; a failure shows what it was. */
export async function expectScreen(
  page: Page,
  wanted: (rows: readonly string[]) => boolean,
  timeoutMs = 30_000,
): Promise<void> {
  let rows: string[] = [];
  try {
    await expect
      .poll(
        async () => {
          rows = await screenRows(page);
          return wanted(rows);
        },
        { timeout: timeoutMs },
      )
      .toBe(true);
  } catch (error) {
    throw new Error(`the screen was:\n${rows.join('\n')}`, { cause: error });
  }
}

export const expectRow = (page: Page, row: string, timeoutMs?: number): Promise<void> =>
  expectScreen(page, (rows) => rows.includes(row), timeoutMs);

/** How many bytes of the session's output have been drawn. */
export async function drawnBytes(page: Page): Promise<number> {
  return Number(await page.locator('[data-drawn-bytes]').getAttribute('data-drawn-bytes'));
}
