/** The sandbox cloud ends with the application that started it, however that ends. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { descendantsOf, isAlive } from '../support/process-tree.ts';
import { startWebApp, type WebApp } from '../support/web-app.ts';

let app: WebApp;
afterEach(() => app.stop());

const sandboxesOf = (pid: number) =>
  descendantsOf(pid).filter((child) =>
    readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('sandbox.js'),
  );

async function startWithSandbox(): Promise<number> {
  app = await startWebApp({ sandbox: true });
  await expect.poll(() => sandboxesOf(app.pid).length).toBe(1);
  return sandboxesOf(app.pid)[0] as number;
}

test('when the application is killed before the sandbox is ready', async () => {
  const sandbox = await startWithSandbox();
  process.kill(app.pid, 'SIGKILL');
  await expect.poll(() => isAlive(sandbox)).toBe(false);
});

test('when the application is killed in the middle of a day', async () => {
  const sandbox = await startWithSandbox();
  const world = join(app.dataDir, 'sandbox');
  await expect.poll(() => existsSync(world)).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  process.kill(app.pid, 'SIGKILL');
  await expect.poll(() => isAlive(sandbox)).toBe(false);
});

test('when the application is closed', async () => {
  const sandbox = await startWithSandbox();
  process.kill(app.pid, 'SIGTERM');
  await expect.poll(() => isAlive(sandbox)).toBe(false);
});
