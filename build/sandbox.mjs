/** `npm run sandbox`: builds when sources are newer, then runs the simulated cloud in this very process. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfNeeded } from './build-if-needed.mjs';

const root = resolve(import.meta.dirname, '..');
buildIfNeeded(root);

// npm changes into the package; a directory is named from where the person stands.
process.chdir(process.env.INIT_CWD ?? process.cwd());
const entry = resolve(root, 'out/main/sandbox.js');
process.argv = [process.execPath, entry, ...process.argv.slice(2)];
await import(pathToFileURL(entry).href);
