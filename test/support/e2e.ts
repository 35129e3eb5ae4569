/** What end-to-end tests start from: the built product on its web host, and a real sshd whose key it already knows. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { type Sshd, startSshd } from './sshd.ts';
import { createTempDir } from './temp-dir.ts';
import { startWebApp, type WebApp } from './web-app.ts';

export interface TestFixtures {
  /** A product of the test's own, with nothing in it. */
  readonly app: WebApp;
}

export interface WorkerFixtures {
  /** One real OpenSSH server for all tests of a run. */
  readonly sshd: Sshd;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  sshd: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures wanted
    async ({}, use) => {
      const sshd = await startSshd();
      await use(sshd);
      await sshd.stop();
    },
    { scope: 'worker' },
  ],
  app: async ({ sshd }, use, testInfo) => {
    const home = createTempDir('e2e-home');
    mkdirSync(join(home.path, '.ssh'), { mode: 0o700 });
    writeFileSync(join(home.path, '.ssh/id_ed25519'), sshd.privateKey, { mode: 0o600 });
    writeFileSync(
      join(home.path, '.ssh/known_hosts'),
      `[127.0.0.1]:${sshd.port} ${sshd.hostPublicKey()}\n`,
    );
    const app = await startWebApp({ home: home.path });
    await use(app);
    if (testInfo.status !== testInfo.expectedStatus) {
      tellLast('sshd', sshd.log());
      tellLast('the application', app.output());
    }
    await app.stop();
    home.remove();
  },
});

const lastLines = 20;

/** The picture of a failure does not show why a server went away. */
function tellLast(who: string, said: string): void {
  const last = said.trimEnd().split('\n').slice(-lastLines);
  process.stdout.write(`\nLast words of ${who}:\n${last.join('\n')}\n`);
}

export { expect } from '@playwright/test';
