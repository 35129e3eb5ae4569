/** The files page on a directory of a test's own on a real server, and files of this machine held above it. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { isRoot } from './account.ts';
import { openWithServer, serverName } from './live-page.ts';
import type { Sshd } from './sshd.ts';
import { createTempDir } from './temp-dir.ts';
import type { WebApp } from './web-app.ts';

export interface RemoteFolder {
  readonly path: string;
  /** Makes a directory below it, with all above. @returns its whole path */
  directory(name: string): string;
  /** All below it belongs to the account that logs in. */
  giveAway(): void;
  remove(): void;
}

export function createRemoteFolder(sshd: Sshd): RemoteFolder {
  const directory = createTempDir('files');
  chmodSync(directory.path, 0o755);
  const giveAway = () => {
    const { uid, gid } = sshd.account;
    if (isRoot) execFileSync('chown', ['-hR', `${uid}:${gid}`, directory.path]);
  };
  giveAway();
  return {
    path: directory.path,
    directory(name) {
      const path = `${directory.path}/${name}`;
      mkdirSync(path, { recursive: true });
      return path;
    },
    giveAway,
    remove: directory.remove,
  };
}

/** Opens the page on the directory, by what a person would press and type. */
export async function openFilesPage(
  page: Page,
  app: WebApp,
  sshd: Sshd,
  path: string,
): Promise<void> {
  await openWithServer(page, app, sshd);
  await openFiles(page);
  await goTo(page, path);
}

/** The home directory of the one server. */
export async function openFiles(page: Page): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Files/ })
    .click();
  await page.getByRole('button', { name: serverName }).click();
  await page.getByRole('grid').waitFor();
}

/** Types a path into the bar. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+l');
  await page.getByRole('textbox', { name: 'Path' }).fill(path);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: `Files in ${path}` })).toBeVisible();
}

/** The names that are shown, from above. */
export async function shownNames(page: Page): Promise<string[]> {
  const rows = page.getByRole('grid').getByRole('row');
  const names = await rows.evaluateAll((found) =>
    found.slice(1).map((row) => ({
      index: Number((row as HTMLElement).dataset.index),
      name: row.querySelector('[data-column="name"] [title]')?.textContent ?? '',
    })),
  );
  return names.sort((a, b) => a.index - b.index).map(({ name }) => name);
}

export const fileRow = (page: Page, name: string): Locator =>
  page
    .getByRole('grid')
    .getByRole('row')
    .filter({ has: page.locator(`[data-column="name"] [title=${JSON.stringify(name)}]`) });

export const transferRow = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: 'Transfers' }).getByRole('listitem', { name, exact: true });

/** Drags files and folders of this machine onto a place of the page, as the system does. */
export async function dropFiles(page: Page, place: Locator, paths: readonly string[]) {
  const box = await place.boundingBox();
  if (!box) throw new Error('the place to drop on is not seen');
  const session = await page.context().newCDPSession(page);
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  }
}

export const sha256 = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex');

/** Whether a file is there and holds these bytes. */
export function holds(path: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(bytes);
  } catch {
    return false; // not there yet
  }
}
