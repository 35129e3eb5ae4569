/** `npm run sandbox`: builds when sources are newer, then runs the simulated cloud in this very process. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfNeeded } from './build-if-needed.mjs';

const root = resolve(import.meta.dirname, '..');
buildIfNeeded(root);

const args = process.argv.slice(2);
const dataDir = args.indexOf('--data-dir') + 1;
// npm changes into the package; the person named the directory from where they stood.
if (dataDir > 0 && args[dataDir]) {
  args[dataDir] = resolve(process.env.INIT_CWD ?? process.cwd(), args[dataDir]);
}
const entry = resolve(root, 'out/main/sandbox.js');
process.argv = [process.execPath, entry, ...args];
await import(pathToFileURL(entry).href);
