/** The one composition: every part is made here, once, with plain calls. */
import { join } from 'node:path';
import type { VaultStatus } from '../../preload/contract/vault.ts';
import { builtInAccounts, catalogue } from '../clouds/catalogue.ts';
import { accountHandlers } from '../features/accounts.ts';
import { actionHandlers, planJob } from '../features/actions.ts';
import { appHandlers } from '../features/app.ts';
import { partHandlers } from '../features/cloud-parts.ts';
import { fileHandlers } from '../features/files/files.ts';
import { createLines } from '../features/files/lines.ts';
import { createPartNames } from '../features/files/part-names.ts';
import { createTransfers } from '../features/files/transfers.ts';
import { createFleet } from '../features/fleet.ts';
import { instanceHandlers } from '../features/instances.ts';
import { startFleetLoads } from '../features/metrics/fleet-loads.ts';
import { createMonitor } from '../features/metrics/monitor.ts';
import { createSamples } from '../features/metrics/samples.ts';
import { createSandboxAccount } from '../features/sandbox-account.ts';
import { settingsHandlers } from '../features/settings.ts';
import { snapshotHandlers } from '../features/snapshots.ts';
import { findAgent } from '../features/ssh/agents.ts';
import { runningCrypto } from '../features/ssh/algorithms.ts';
import { createConnections } from '../features/ssh/connections.ts';
import { forgetRemoved } from '../features/ssh/forget-removed.ts';
import { openKnownHosts, openSshKnownHosts } from '../features/ssh/known-hosts.ts';
import { optionHandlers } from '../features/ssh/option-handlers.ts';
import { createPrompts } from '../features/ssh/prompts.ts';
import { createProxyConsents } from '../features/ssh/proxy-consent.ts';
import { createRoutes, unlistedOn } from '../features/ssh/routes.ts';
import { createSessions } from '../features/ssh/sessions.ts';
import { sshHandlers } from '../features/ssh/ssh.ts';
import { followConfig } from '../features/ssh-config/config-follower.ts';
import { includeFilePath, thisMachine } from '../features/ssh-config/this-machine.ts';
import { createIncludeFile } from '../features/ssh-include/include-file.ts';
import { createStandings } from '../features/standings.ts';
import { createTunnels } from '../features/tunnels/tunnels.ts';
import { createUnsaved } from '../features/unsaved.ts';
import { createVaultDoor, createVaultGuard, vaultHandlers } from '../features/vault.ts';
import type { Platform } from '../platform/platform.ts';
import { createEvents, type Events } from './events.ts';
import { openHistory } from './history.ts';
import { installationOf } from './installation.ts';
import { createJobs } from './jobs.ts';
import { lockDataDirectory } from './lock.ts';
import { createFileLog, createRedactor, type Log } from './log.ts';
import { createNotices } from './notices.ts';
import { createRouter, type Handlers, type Router } from './router.ts';
import { openSettings } from './settings.ts';
import { createTextsIn, systemLanguage } from './texts.ts';
import { openVault } from './vault.ts';

export interface Core {
  readonly router: Router;
  readonly events: Events;
  readonly log: Log;
  /** Exactly one for each name of the contract. */
  readonly handlers: Handlers;
  /** What would stop if the application ended now. */
  liveWork(): {
    readonly terminals: number;
    readonly tunnels: number;
    readonly transfers: number;
    readonly jobs: number;
    /** Texts a page holds that nobody has saved. */
    readonly unsaved: number;
  };
  /** Whether a local port leads through one of our tunnels. */
  ownsPort(port: number): boolean;
  close(): Promise<void>;
}

/** @throws CloudError when the data directory is in use, cannot be written, or is from a newer version */
export async function createCore(platform: Platform): Promise<Core> {
  const unlock = lockDataDirectory(platform.dataDirectory);
  try {
    return await compose(platform, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function compose(platform: Platform, unlock: () => void): Promise<Core> {
  const { clock, dataDirectory, homeDirectory, environment } = platform;
  const redactor = createRedactor();
  const log = createFileLog(join(dataDirectory, 'logs'), redactor);
  const events = createEvents();
  const notices = createNotices(events, clock);
  const settings = openSettings(platform, notices);
  const history = openHistory(dataDirectory, clock, notices);
  let vaultMode: VaultStatus['mode'] | undefined;
  const vault = await openVault(platform, notices, redactor, (status) => {
    events.emit('vault.changed', status);
    // Accounts whose token was out of reach are read again: at its opening, not at every secret saved.
    if (status.mode === 'master-open' && vaultMode !== status.mode) {
      fleet.refreshFailed();
      tunnels.vaultOpened();
    }
    vaultMode = status.mode;
  });
  const prompts = createPrompts(events, clock, vault, redactor);
  const vaultDoor = createVaultDoor(vault, prompts);
  const vaultGuard = createVaultGuard(vault, prompts, clock);
  const knownHosts = openKnownHosts(dataDirectory, openSshKnownHosts(homeDirectory, environment));
  const agentSocket = findAgent(environment);

  const sshConfig = followConfig(thisMachine(platform, includeFilePath(dataDirectory)));
  sshConfig.onChange(() => events.emit('ssh.configChanged', null));

  const { startProcess } = platform;
  const sandbox =
    startProcess && createSandboxAccount(startProcess, dataDirectory, environment, log);

  const fleet = createFleet({
    catalogue,
    builtInAccounts: sandbox ? [...builtInAccounts, sandbox] : builtInAccounts,
    isWanted: (account) => account !== sandbox?.id || settings.read().sandbox,
    settings,
    vault,
    events,
    clock,
    log,
    sshConfig,
    hostKeysOf: (account) => ({
      forget: (name) => knownHosts.forget(name),
      forgetOnTheWay: async (id) => {
        const way = await routes.to(`${account}/${id}`);
        for (const name of unlistedOn(way)) knownHosts.forget(name);
      },
      verify: (id, signal) => connections.verifyHostKey(`${account}/${id}`, signal),
    }),
  });
  forgetRemoved({ fleet, settings, vault, log });
  const proxyConsents = createProxyConsents(settings);
  const routes = createRoutes(fleet, settings);
  const includeFile = createIncludeFile({
    settings,
    fleet,
    routes,
    sshConfig,
    dataDirectory,
    homeDirectory,
    log,
  });
  const connections = createConnections({
    connect: {
      knownHosts,
      vault,
      vaultDoor,
      prompts,
      redactor,
      log,
      homeDirectory,
      agentSocket,
      crypto: runningCrypto(),
    },
    routes,
    proxyConsents,
    fleet,
    platform,
    onChange: (instance) => {
      const isUp = connections.isUp(instance);
      monitor.connectionChanged(instance);
      standings.connectionChanged(instance, isUp);
      if (connections.isOpenToAll(instance)) tunnels.instanceEntered(instance);
      const found = fleet.find(instance);
      found?.account.cloud.parts.access?.entered?.(found.target.id, isUp);
    },
  });
  const samples = createSamples(history);
  const monitor = createMonitor({ connections, fleet, samples, events, clock, log });
  const jobs = createJobs({
    history,
    events,
    clock,
    log,
    plan: (request) => planJob(fleet, request),
    onEnd: ({ account }) => void fleet.refresh(account),
    onStep: ({ account }) => void fleet.refresh(account),
  });
  const standings = createStandings(fleet);
  const sessions = createSessions({
    connections,
    standings,
    fleet,
    settings,
    events,
    clock,
    log,
    dataDirectory,
    locale: environment.LANG,
  });
  const texts = createTextsIn(() => {
    const { language } = settings.read().preferences;
    return language === 'system' ? systemLanguage() : language;
  });
  const tunnels = createTunnels({
    fleet,
    connections,
    standings,
    prompts,
    settings,
    events,
    clock,
    redactor,
    texts,
  });

  // After those who hold leases have let go with their reason.
  standings.onChange((instance, standing) => {
    if (standing.kind !== 'enterable') connections.drop(instance);
  });

  const fileLines = createLines(connections, standings);
  const partNames = createPartNames(() => installationOf(settings));
  const transfers = createTransfers({
    lines: fileLines,
    partNames,
    connections,
    events,
    clock,
    chooseFolder: platform.chooseFolder,
  });

  const unsaved = createUnsaved();
  const handlers: Handlers = {
    ...appHandlers(platform, notices),
    ...unsaved.handlers,
    ...accountHandlers({ fleet, catalogue, settings, vault, vaultDoor, sandbox }),
    ...actionHandlers({ fleet, vault, vaultDoor, jobs }),
    ...instanceHandlers({
      fleet,
      knownHosts,
      hardwareFacts: monitor.hardwareFacts,
      vaultGuard,
      redactor,
      log,
    }),
    ...partHandlers(fleet),
    ...snapshotHandlers(fleet),
    ...jobs.handlers,
    ...monitor.handlers,
    ...prompts.handlers,
    ...settingsHandlers(settings, events, () => sessions.preferencesChanged()),
    ...sshHandlers({
      homeDirectory,
      agentSocket,
      sshConfig,
      fleet,
      connections,
      routes,
      includeFile,
    }),
    ...includeFile.handlers,
    ...optionHandlers({ fleet, settings, vault, proxyConsents }),
    ...sessions.handlers,
    ...tunnels.handlers,
    ...fileHandlers(fileLines, partNames),
    ...transfers.handlers,
    ...vaultHandlers(vault),
  };
  fleet.start();
  const stopFleetLoads = startFleetLoads({ fleet, now: clock.now });
  jobs.resume();
  log.info('started', { version: platform.version, host: platform.host });

  return {
    router: createRouter(handlers, log),
    events,
    log,
    handlers,
    liveWork: () => ({
      terminals: sessions.liveCount(),
      tunnels: tunnels.liveCount(),
      transfers: transfers.liveCount(),
      jobs: jobs.liveCount(),
      unsaved: unsaved.count(),
    }),
    ownsPort: (port) => tunnels.owns(port),
    async close() {
      jobs.close();
      stopFleetLoads();
      fleet.close();
      monitor.close();
      await sessions.close();
      await tunnels.close();
      connections.close();
      sshConfig.close();
      includeFile.close();
      sandbox?.close();
      platform.close();
      history.close();
      unlock();
      log.info('ended');
    },
  };
}
