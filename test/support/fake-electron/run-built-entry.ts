/** Starts a built Electron entry under plain Node, with the fake in Electron's place, and tells what it did. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { startChild } from '../child.ts';
import { createTempDir } from '../temp-dir.ts';
import type { Scheme } from './fake-protocol.ts';

export interface BuiltEntryReport {
  readonly exposed: readonly (readonly [name: string, members: readonly string[]])[];
  readonly policy: string | null;
  readonly address: string;
  readonly webPreferences: Readonly<Record<string, unknown>>;
  readonly switches: readonly string[];
  readonly isSandboxed: boolean;
  readonly schemes: readonly Scheme[];
  readonly cameraGranted: boolean;
  readonly foreignNavigation: boolean;
  readonly menus: number;
  hello: unknown;
  refused: unknown;
  helloAfterReload: unknown;
  addressAfterLink: string;
  exitCode: number | undefined;
  errorBoxes: readonly string[];
}

const root = resolve(import.meta.dirname, '../../..');

/**
 * @param entry path of `out/main/electron.js`, here or in an unpacked package
 * @throws with everything it printed, when it does not come to its end
 */
export async function runBuiltEntry(
  entry: string,
): Promise<BuiltEntryReport & { readonly dataDirectory: string; remove(): void }> {
  const temp = createTempDir('built-entry');
  const driver = await buildDriver(temp.path);
  const home = join(temp.path, 'home');
  const dataDirectory = join(temp.path, 'data');
  mkdirSync(home);
  const child = startChild(process.execPath, [driver, entry, '--data-dir', dataDirectory], {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
  });
  const [, json = ''] = await child.waitFor(/^report (.*)$/m, 40_000).catch((error) => {
    temp.remove();
    throw error;
  });
  await child.ended;
  return { ...(JSON.parse(json) as BuiltEntryReport), dataDirectory, remove: temp.remove };
}

/** As one file, because this Node runs no TypeScript. */
async function buildDriver(directory: string): Promise<string> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      outDir: join(directory, 'driver'),
      ssr: true,
      rolldownOptions: {
        input: fileURLToPath(new URL('./drive-built-entry.ts', import.meta.url)),
        output: { format: 'es', entryFileNames: 'driver.mjs' },
      },
    },
  });
  return join(directory, 'driver/driver.mjs');
}
