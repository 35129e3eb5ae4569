/** The page of tunnels as a person uses it: making one through the only instance, and what its row tells. */
import { createServer, type Server } from 'node:http';
import type { Locator, Page } from '@playwright/test';
import { test as base, expect } from './e2e.ts';
import { addressPort, closeServer, listen } from './listening.ts';
import { serverName } from './live-page.ts';

export const answerOfWeb = 'from the other side';

export const test = base.extend<{
  /** The instance is this very machine, so one web server stands for one on either side. */
  readonly web: { readonly port: number };
}>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures wanted
  web: async ({}, use) => {
    const web: Server = createServer((_request, response) => response.end(answerOfWeb));
    await listen(web);
    await use({ port: addressPort(web) });
    web.closeAllConnections();
    await closeServer(web);
  },
});

/** @throws when nothing answers */
export async function textAt(port: number, host = '127.0.0.1'): Promise<string> {
  return (await fetch(`http://${host}:${port}/`)).text();
}

export const rowOf = (page: Page): Locator => page.getByRole('row', { name: serverName });

/** The port here that the row tells. */
export async function localPort(row: Locator): Promise<number> {
  return Number(/here:(\d+)/.exec((await row.textContent()) ?? '')?.[1]);
}

export async function showTunnels(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Tunnels/ }).click();
}

/** The dialog for a new tunnel through the only instance. */
export async function askForTunnel(page: Page): Promise<Locator> {
  await showTunnels(page);
  await page.getByRole('button', { name: 'New tunnel' }).click();
  const dialog = page.getByRole('dialog', { name: 'New tunnel' });
  await expect(dialog.getByLabel('Instance', { exact: true })).toHaveValue(serverName);
  return dialog;
}

export async function chooseInMenu(row: Locator, item: string): Promise<void> {
  await row.getByRole('button', { name: 'More actions' }).click();
  await row.page().getByRole('menuitem', { name: item }).click();
}
