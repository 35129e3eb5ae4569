/** One instance whose state a fake cloud says, with everything of the core that lives through it, on a real OpenSSH server. */

import { systemClock } from '../../main/core/clock.ts';
import { createEvents } from '../../main/core/events.ts';
import { createRedactor } from '../../main/core/log.ts';
import { createNotices } from '../../main/core/notices.ts';
import { openSettings } from '../../main/core/settings.ts';
import { createTexts } from '../../main/core/texts.ts';
import { createLines } from '../../main/features/files/lines.ts';
import { createPartNames } from '../../main/features/files/part-names.ts';
import { createTransfers, type Transfers } from '../../main/features/files/transfers.ts';
import { createFleet, type Fleet } from '../../main/features/fleet.ts';
import { createConnections } from '../../main/features/ssh/connections.ts';
import { createProxyConsents } from '../../main/features/ssh/proxy-consent.ts';
import { createRoutes } from '../../main/features/ssh/routes.ts';
import { createSessions, type Sessions } from '../../main/features/ssh/sessions.ts';
import { createStandings } from '../../main/features/standings.ts';
import { createTunnels, type Tunnels } from '../../main/features/tunnels/tunnels.ts';
import { createNodePlatform } from '../../main/platform/node/platform.ts';
import type { StateKind } from '../../preload/contract/constants.ts';
import { createConnectParts } from './connect-parts.ts';
import { oneInstanceCloud } from './one-instance-cloud.ts';
import type { Sshd } from './sshd.ts';
import { createTempDir } from './temp-dir.ts';

export interface LifeDesk {
  readonly fleet: Fleet;
  readonly sessions: Sessions;
  /** As at the start of the application. */
  startTunnels(): Tunnels;
  startTransfers(): Transfers;
  /** What the cloud says of its one instance from now on, read or not; nothing: it lists none. */
  say(state: StateKind | undefined): void;
  close(): Promise<void>;
}

/** The instance's key is `fake/box`. */
export async function openLifeDesk(sshd: Sshd): Promise<LifeDesk> {
  const directory = createTempDir('lifecycle');
  const parts = await createConnectParts();
  await parts.vault.save('fake/key', sshd.privateKey);
  const events = createEvents();
  const platform = createNodePlatform({ dataDirectory: directory.path, version: '0.0.0-test' });
  const settings = openSettings(platform, createNotices(events, systemClock));
  let told: StateKind | undefined = 'running';
  const fleet = createFleet({
    catalogue: [
      oneInstanceCloud(
        () => told,
        () => sshd,
      ),
    ],
    builtInAccounts: [{ id: 'fake', cloud: 'fake', name: 'Fake' }],
    isWanted: () => true,
    settings,
    vault: parts.vault,
    events,
    clock: systemClock,
    log: parts.connectParts.log,
    hostKeysOf: () => ({
      forget: () => {},
      forgetOnTheWay: async () => {},
      verify: async () => ({ type: '', fingerprint: '' }),
    }),
    sshConfig: { access: () => undefined, onChange: () => {} },
  });
  const connections = createConnections({
    connect: parts.connectParts,
    routes: createRoutes(fleet, settings),
    proxyConsents: createProxyConsents(settings),
    fleet,
    platform: {
      onResume: () => {},
      onNetworkChange: () => {},
      isOnline: () => true,
      hasAddress: () => true,
    },
    onChange: (key) => standings.connectionChanged(key, connections.isUp(key)),
  });
  const standings = createStandings(fleet);
  const sessions = createSessions({
    connections,
    standings,
    fleet,
    settings,
    events,
    clock: systemClock,
    log: parts.connectParts.log,
    dataDirectory: directory.path,
    locale: undefined,
  });
  standings.onChange((key, standing) => {
    if (standing.kind !== 'enterable') connections.drop(key);
  });
  await fleet.refresh('fake');
  return {
    fleet,
    sessions,
    startTransfers: () =>
      createTransfers({
        lines: createLines(connections, standings),
        partNames: createPartNames(() => 'life'),
        connections,
        events,
        clock: systemClock,
        chooseFolder: undefined,
      }),
    startTunnels: () =>
      createTunnels({
        fleet,
        connections,
        standings,
        prompts: parts.connectParts.prompts,
        settings,
        events,
        clock: systemClock,
        redactor: createRedactor(),
        texts: () => createTexts('en'),
      }),
    say(state) {
      told = state;
    },
    async close() {
      fleet.close();
      await sessions.close();
      connections.close();
      parts.remove();
      directory.remove();
    },
  };
}
