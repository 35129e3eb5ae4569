/** Builds when the sources are newer than what was built, and says so. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { needsBuild } from './freshness.mjs';

/** Ends the process when the build fails. @param {string} root */
export function buildIfNeeded(root) {
  if (!needsBuild(root)) return;
  console.log('Building: the sources are newer than the last build.');
  const tool = resolve(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const config = resolve(root, 'build/electron.vite.config.ts');
  const { status } = spawnSync(
    process.execPath,
    [tool, 'build', '--config', config, '--logLevel', 'error'],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status === 0) return;
  console.error('The build failed. After a fresh clone, run npm ci first.');
  process.exit(1);
}
