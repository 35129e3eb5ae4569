/** What tests of the files page start from: a directory on the server, and one on this machine. */
import { test as base } from './e2e.ts';
import { createRemoteFolder, openFilesPage, type RemoteFolder } from './files-page.ts';
import type { Sshd } from './sshd.ts';
import { createTempDir, type TempDir } from './temp-dir.ts';

interface FilesFixtures {
  /** Lies on the server of the test, and belongs to the account that logs in. */
  readonly remote: RemoteFolder;
  readonly local: TempDir;
  /** The server as the application knows it. */
  readonly server: Sshd;
  /** Opens the files page on the folder; all that was put into it by then is the account's. */
  readonly openRemote: () => Promise<void>;
}

export const test = base.extend<FilesFixtures>({
  remote: async ({ sshd }, use) => {
    const remote = createRemoteFolder(sshd);
    await use(remote);
    remote.remove();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures wanted
  local: async ({}, use) => {
    const local = createTempDir('files-here');
    await use(local);
    local.remove();
  },
  server: async ({ sshd }, use) => use(sshd),
  openRemote: async ({ app, server, page, remote }, use) => {
    await use(async () => {
      remote.giveAway();
      await openFilesPage(page, app, server, remote.path);
    });
  },
});

export { expect } from '@playwright/test';
