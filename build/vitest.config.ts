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
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes when it comes: vitest's own second is over before a busy machine has drawn breath.
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
  },
});
