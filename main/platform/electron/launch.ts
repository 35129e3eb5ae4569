/** What must be decided before Electron is ready: options of the command line, switches, and where things are kept. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Electron } from './electron.ts';

/** Lets another program drive the page; never in a package. */
const debuggingSwitches = ['remote-debugging-port', 'remote-debugging-pipe'];

/** @param args hostile: anybody may start us with anything, so that what is not known is ignored */
export function readDataDirectory(args: readonly string[], usual: string): string {
  const { values } = parseArgs({
    args: [...args],
    options: { 'data-dir': { type: 'string' } },
    strict: false,
  });
  const wanted = values['data-dir'];
  return typeof wanted === 'string' && wanted !== '' ? resolve(wanted) : usual;
}

/** Every renderer in the sandbox; input methods for Chinese, Japanese and Korean on Wayland. */
export function prepareProcess(app: Electron['app'], system: NodeJS.Platform): void {
  app.enableSandbox();
  if (system !== 'linux') return;
  app.commandLine.appendSwitch('enable-wayland-ime');
  app.commandLine.appendSwitch('wayland-text-input-version', '3');
}

/** Chromium's own files lie apart from ours, and the lock of the single instance with them: one per data directory. */
export function placeBrowserData(app: Electron['app'], dataDirectory: string): void {
  const directory = join(dataDirectory, 'browser');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  app.setPath('userData', directory);
  app.setPath('sessionData', directory);
}

export function isDrivenFromOutside(app: Electron['app']): boolean {
  return app.isPackaged && debuggingSwitches.some((name) => app.commandLine.hasSwitch(name));
}
