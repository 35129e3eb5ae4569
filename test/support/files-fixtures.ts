/** What tests of the files page start from: a directory on the server, and one on this machine. */
import { test as base } from './e2e.ts';
import { createRemoteFolder, type RemoteFolder } from './files-page.ts';
import { createTempDir, type TempDir } from './temp-dir.ts';

interface FilesFixtures {
  /** Lies on the server of the test, and belongs to the account that logs in. */
  readonly remote: RemoteFolder;
  readonly local: TempDir;
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
});

export { expect } from '@playwright/test';
