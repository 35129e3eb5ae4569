/** The package, without Electron and without a network: what the builder is told, what it packs, and that it runs. */
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import type { Configuration } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChild } from '../support/child.ts';
import { createFakeElectronDist } from '../support/fake-electron/fake-electron-dist.ts';
import { runBuiltEntry } from '../support/fake-electron/run-built-entry.ts';
import { createTempDir } from '../support/temp-dir.ts';

const root = resolve(import.meta.dirname, '../..');
const temp = createTempDir('packaging');
afterAll(() => temp.remove());

/** Internal, and pinned with the package: the builder has no other way to ask without building. */
const builderConfig = join(root, 'node_modules/app-builder-lib/out/util/config/config.js');
interface BuilderConfiguration {
  getConfig(directory: string, file: string, options: null): Promise<Configuration>;
  validateConfiguration(config: object, log: object): Promise<void>;
}

/** How a fuse stands in the binary. */
const off = '0'.charCodeAt(0);
const on = '1'.charCodeAt(0);

describe('the builder’s file', () => {
  test('is valid, and a misspelt fuse would not be', async () => {
    const { getConfig, validateConfiguration }: BuilderConfiguration = await import(builderConfig);
    const config = await getConfig(root, 'electron-builder.yml', null);
    const log = { isEnabled: false, add() {} };
    await expect(validateConfiguration(config, log)).resolves.toBeUndefined();
    const misspelt = { ...config, electronFuses: { runAsNod: false } };
    await expect(validateConfiguration(misspelt, log)).rejects.toThrow('electronFuses');
  });

  test('names icons and entitlements that are there', () => {
    for (const file of ['icons/512x512.png', 'icons/256x256.png', 'entitlements.mac.plist']) {
      expect(existsSync(join(root, 'build', file)), file).toBe(true);
    }
  });

  test('asks macOS for nothing that lets foreign code in', () => {
    const entitlements = readFileSync(join(root, 'build/entitlements.mac.plist'), 'utf8');
    expect(entitlements.match(/<key>.*<\/key>/g)).toEqual([
      '<key>com.apple.security.cs.allow-jit</key>',
    ]);
  });
});

// Packages for other systems are built, and tested, on those systems.
describe.skipIf(process.platform !== 'linux')('a package of the built application', () => {
  const folder = process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`;
  const appDirectory = join(temp.path, 'packed', folder);
  const archive = join(appDirectory, 'resources/app.asar');
  const unpacked = `${archive}.unpacked`;
  let files: readonly string[];

  beforeAll(async () => {
    const dist = join(temp.path, 'dist');
    mkdirSync(dist);
    await createFakeElectronDist(dist);
    const child = startChild(
      process.execPath,
      [
        createRequire(import.meta.url).resolve('electron-builder/cli.js'),
        ...['--linux', 'dir', `--${process.arch}`, '--config', 'electron-builder.yml'],
        ...[`-c.electronDist=${dist}`, `-c.directories.output=${join(temp.path, 'packed')}`],
      ],
      { cwd: root, env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' } },
    );
    const exitCode = await child.ended;
    if (exitCode !== 0) throw new Error(child.output());
    files = listPackage(archive, { isPack: false });
  });

  test('holds the entry, the bridge, the page and the icon', () => {
    for (const file of [
      '/package.json',
      '/out/main/electron.js',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
      '/assets/icons/pilothouse.png',
    ]) {
      expect(files, file).toContain(file);
    }
  });

  test('holds nothing of the sources, the tests, the tools or the web host', () => {
    const own = files.filter((file) => !file.startsWith('/node_modules'));
    const top = new Set(own.map((file) => file.split('/')[1]));
    expect([...top].sort()).toEqual(['assets', 'out', 'package.json']);
    expect(own.filter((file) => /\.(tsx?|map)$|headless|tsbuildinfo/.test(file))).toEqual([]);
    for (const name of ['electron', 'vite', 'vitest', '@playwright', 'typescript', 'react']) {
      expect(files, name).not.toContain(`/node_modules/${name}`);
    }
  });

  test('holds one native library, the engine of the database, outside the archive', () => {
    const native = files.filter((file) => file.endsWith('.node'));
    expect(native.length).toBeGreaterThan(0);
    for (const file of native) {
      expect(file).toMatch(/^\/node_modules\/@libsql\/linux-\w+-\w+\/index\.node$/);
      expect(statSync(join(unpacked, file)).size).toBeGreaterThan(1_000_000);
    }
  });

  test('has its fuses as the table of the rules says', async () => {
    const wire = await getCurrentFuseWire(join(appDirectory, 'pilothouse'));
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: off,
      [FuseV1Options.EnableCookieEncryption]: on,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
      [FuseV1Options.EnableNodeCliInspectArguments]: off,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.OnlyLoadAppFromAsar]: on,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
    });
  });

  test('runs to an open window and answers hello, its database opened by the engine it carries', async () => {
    const installed = join(temp.path, 'installed');
    extractAll(archive, installed);
    const run = await runBuiltEntry(join(installed, 'out/main/electron.js'));
    try {
      expect(run.hello).toMatchObject({ product: 'Pilothouse', host: 'electron' });
      expect(run.exitCode).toBe(0);
      expect(existsSync(join(run.dataDirectory, 'lock.db'))).toBe(true);
    } finally {
      run.remove();
    }
  });
});
