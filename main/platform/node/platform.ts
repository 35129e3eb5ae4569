/** What plain Node lends the core: no keychain, no window, sleep seen by the clock, the network by its interfaces. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import Conf from 'conf';
import { systemClock } from '../../core/clock.ts';
import type { Platform, SettingsStore } from '../platform.ts';
import { startNodeProcess } from './start-process.ts';
import { startProxyCommand } from './start-proxy-command.ts';
import { hasAddress, isOnline, watchNetwork } from './watch-network.ts';
import { watchSleep } from './watch-sleep.ts';

export interface NodePlatformOptions {
  readonly dataDirectory: string;
  readonly version: string;
}

export function createNodePlatform({ dataDirectory, version }: NodePlatformOptions): Platform {
  const stops: (() => void)[] = [];
  return {
    host: 'web',
    version,
    dataDirectory,
    homeDirectory: homedir(),
    environment: process.env,
    clock: systemClock,
    keychain: async () => ({ kind: 'unavailable', backend: 'none' }),
    openSettings: () => openConf(dataDirectory),
    startProcess: (entry, args) => startNodeProcess(join(import.meta.dirname, `${entry}.js`), args),
    startProxyCommand,
    isOnline,
    hasAddress,
    onResume: (handler) => stops.push(watchSleep(systemClock, handler)),
    onNetworkChange: (handler) => stops.push(watchNetwork(handler)),
    close: () => {
      for (const stop of stops.splice(0)) stop();
    },
  };
}

function openConf(dataDirectory: string): SettingsStore {
  const store = new Conf<Record<string, unknown>>({
    cwd: dataDirectory,
    configName: 'settings',
    clearInvalidConfig: false,
    configFileMode: 0o600,
  });
  return {
    read: () => ({ ...store.store }),
    write: (document) => {
      store.store = document;
    },
  };
}
