/** What Electron lends the core: a keychain, the system's browser, and word of sleep. */
import { homedir } from 'node:os';
import { systemClock } from '../../core/clock.ts';
import { startProxyCommand } from '../node/start-proxy-command.ts';
import { hasAddress, isOnline, watchNetwork } from '../node/watch-network.ts';
import type { Platform } from '../platform.ts';
import { chooseFolder } from './choose-folder.ts';
import type { Electron } from './electron.ts';
import { offerKeychain } from './keychain.ts';
import { createOpenExternal } from './open-external.ts';
import { openSettingsStore } from './settings-store.ts';
import { startUtilityProcess } from './start-process.ts';

export interface ElectronPlatformOptions {
  readonly dataDirectory: string;
  /** Where the built entries lie. */
  readonly entries: string;
  /** Whether a local port leads through one of our tunnels. */
  isTunnelPort(port: number): boolean;
}

/** After the application is ready: powerMonitor and safeStorage are not there before. */
export function createElectronPlatform(
  electron: Pick<
    Electron,
    'app' | 'BrowserWindow' | 'dialog' | 'powerMonitor' | 'safeStorage' | 'shell' | 'utilityProcess'
  >,
  { dataDirectory, entries, isTunnelPort }: ElectronPlatformOptions,
): Platform {
  const { app, powerMonitor, safeStorage, shell } = electron;
  const stops: (() => void)[] = [];
  return {
    host: 'electron',
    version: app.getVersion(),
    dataDirectory,
    homeDirectory: homedir(),
    environment: process.env,
    clock: systemClock,
    keychain: () => offerKeychain(safeStorage, process.platform),
    openSettings: () => openSettingsStore(dataDirectory),
    openExternal: createOpenExternal(shell, isTunnelPort),
    startProcess: (entry, args) => startUtilityProcess(electron, entries, entry, args),
    startProxyCommand,
    chooseFolder: () => chooseFolder(electron),
    isOnline,
    hasAddress,
    onResume(handler) {
      powerMonitor.on('resume', handler);
      stops.push(() => powerMonitor.off('resume', handler));
    },
    onNetworkChange: (handler) => stops.push(watchNetwork(handler)),
    close() {
      for (const stop of stops.splice(0)) stop();
    },
  };
}
