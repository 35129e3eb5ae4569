/** Where the build puts the worker that runs shells: beside the sandbox's own entry. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const builtWorkerFile = (): string =>
  join(dirname(fileURLToPath(import.meta.url)), 'sandbox-shell.js');
