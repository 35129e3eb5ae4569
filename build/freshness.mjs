/** Whether what was built is older than what it was built from. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['main', 'preload', 'renderer', 'assets', 'build', 'package.json'];
const outputs = ['main/headless.js', 'main/sandbox.js', 'preload/index.cjs', 'renderer/index.html'];

/** @param {string} root */
export function needsBuild(root) {
  const built = outputs.map((name) => join(root, 'out', name));
  if (!built.every((file) => existsSync(file))) return true;
  const builtAt = Math.min(...built.map((file) => statSync(file).mtimeMs));
  return sources.some((name) => changedAfter(join(root, name), builtAt));
}

/** A directory changes too when a file in it is removed or renamed. */
function changedAfter(path, moment) {
  if (!existsSync(path)) return false;
  const stat = statSync(path);
  if (stat.mtimeMs > moment) return true;
  return (
    stat.isDirectory() && readdirSync(path).some((name) => changedAfter(join(path, name), moment))
  );
}
