/** End-to-end tests: the web host in a real Chromium, and the real Electron where its binary is. */
import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import { chromiumFlags, findChromium } from './chromium.mjs';

const root = resolve(import.meta.dirname, '..');
const executablePath = findChromium();

export default defineConfig({
  testDir: resolve(root, 'test/e2e'),
  outputDir: resolve(root, 'test-results/e2e'),
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // Only what never comes may fail, also on a machine that is very busy.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], [resolve(root, 'build/counts-playwright.mjs')]],
  use: { trace: 'off', video: 'off', screenshot: 'only-on-failure' },
  projects: [
    {
      name: 'web',
      testIgnore: '**/electron.spec.ts',
      use: {
        browserName: 'chromium',
        viewport: { width: 1440, height: 900 },
        launchOptions: { args: chromiumFlags, ...(executablePath && { executablePath }) },
      },
    },
    { name: 'electron', testMatch: '**/electron.spec.ts' },
  ],
});
