/** The product opened in a page on one account: a sandbox cloud of the test's own, whose time and faults the test holds. */
import type { Page } from '@playwright/test';
import type { Client } from '../../renderer/client/client.ts';
import { test as base } from './e2e.ts';
import { clientOn, joinWebHost } from './join-web-host.ts';
import { type SandboxProcess, startSandbox } from './sandbox.ts';
import type { WebApp } from './web-app.ts';

interface SandboxFixtures {
  /** Thirty times faster than ours: an instance is made in half a second. */
  readonly sandbox: SandboxProcess;
  /** The page's own client beside the page, with the sandbox connected. */
  readonly core: ConnectedCore;
}

export interface ConnectedCore {
  readonly client: Client;
  readonly account: string;
  /** Opens the product in the page, and waits until the fleet is there. */
  open(page: Page): Promise<void>;
}

const clockRate = 30;
export const accountName = 'Test cloud';

export const test = base.extend<SandboxFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures wanted
  sandbox: async ({}, use) => {
    const sandbox = await startSandbox({ clockRate });
    await use(sandbox);
    await sandbox.stop();
  },
  core: async ({ app, sandbox }, use) => {
    await use(await connectSandbox(app, sandbox));
  },
});

async function connectSandbox(app: WebApp, sandbox: SandboxProcess): Promise<ConnectedCore> {
  const client = clientOn(await joinWebHost(app.url));
  await client.call('settings.change', { language: 'en' });
  await client.call('accounts.setSandbox', { on: false });
  await client.call('vault.setUp', { mode: 'memory' });
  const outcome = await client.call('accounts.connect', {
    cloud: 'glows',
    name: accountName,
    input: { baseUrl: `${sandbox.url}/sdk/v1` },
    secrets: { token: sandbox.token },
  });
  if (outcome.kind !== 'connected') throw new Error(`not connected: ${outcome.kind}`);
  await client.call('accounts.refresh', { account: outcome.account });
  return {
    client,
    account: outcome.account,
    open: async (page) => {
      await page.goto(await app.newLink());
      await page.getByRole('row', { name: /sdxl-train-03/ }).waitFor();
    },
  };
}

/** Key of the instance of that name. @throws when there is none */
export async function keyOf({ client }: ConnectedCore, name: string): Promise<string> {
  const { items } = await client.call('instances.list', {});
  const found = items.find((instance) => instance.name === name);
  if (!found) throw new Error(`no instance ${name}`);
  return found.key;
}

export { expect } from '@playwright/test';
