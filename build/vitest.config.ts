/** Unit and integration tests: plain Node, real parts. */
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = resolve(import.meta.dirname, '..');

export default defineConfig({
  root,
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**', 'test/bench/**'],
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
    // What is waited for comes when it comes: only what never comes may fail, also on a machine that is very busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
  },
});
