/** What tests of terminals start from: the product in a page, a real server in it, and a terminal there with a bare prompt. */
import type { Client } from '../../renderer/client/client.ts';
import { test as base } from './e2e.ts';
import { openPlainTerminal, openWithServer } from './live-page.ts';

export interface TerminalFixtures {
  /** Beside the page, on the same core. */
  readonly client: Client;
}

export const test = base.extend<TerminalFixtures>({
  permissions: ['clipboard-read', 'clipboard-write'],
  client: [
    async ({ app, sshd, page }, use) => {
      const client = await openWithServer(page, app, sshd);
      await openPlainTerminal(page);
      await use(client);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
