/** Terminals and tunnels through an instance's whole life: a fake cloud says the state, a real OpenSSH server is the machine. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../main/core/clock.ts';
import { createEvents } from '../../main/core/events.ts';
import { createRedactor } from '../../main/core/log.ts';
import { createNotices } from '../../main/core/notices.ts';
import { openSettings } from '../../main/core/settings.ts';
import { createFleet, type Fleet } from '../../main/features/fleet.ts';
import { type Connections, createConnections } from '../../main/features/ssh/connections.ts';
import { createProxyConsents } from '../../main/features/ssh/proxy-consent.ts';
import { createRoutes } from '../../main/features/ssh/routes.ts';
import { createSessions, type Sessions } from '../../main/features/ssh/sessions.ts';
import { createStandings } from '../../main/features/standings.ts';
import { createTunnels, type Tunnels } from '../../main/features/tunnels/tunnels.ts';
import { createNodePlatform } from '../../main/platform/node/platform.ts';
import { ByteStream } from '../../preload/contract/byte-stream.ts';
import type { StateKind } from '../../preload/contract/constants.ts';
import type { Terminal } from '../../preload/contract/terminals.ts';
import { type Tunnel, tunnels as tunnelsContract } from '../../preload/contract/tunnels.ts';
import { createConnectParts, type TestConnectParts } from '../support/connect-parts.ts';
import { oneInstanceCloud } from '../support/one-instance-cloud.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { createTempDir } from '../support/temp-dir.ts';

const instance = 'fake/box';
const signal = new AbortController().signal;

let sshd: Sshd;
let web: Server;
let parts: TestConnectParts;
let directory: ReturnType<typeof createTempDir>;
/** What the cloud says of its one instance; nothing: it lists none. */
let told: StateKind | undefined;
let fleet: Fleet;
let connections: Connections;
let sessions: Sessions;
let tunnels: Tunnels;
/** As at the start of the application. */
let startTunnels: () => Tunnels;

beforeAll(async () => {
  sshd = await startSshd();
  web = createServer((_request, response) => response.end('from the instance'));
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
});

afterAll(async () => {
  web.close();
  await sshd.stop();
});

beforeEach(async () => {
  directory = createTempDir('lifecycle');
  parts = await createConnectParts();
  await parts.vault.save('fake/key', sshd.privateKey);
  const events = createEvents();
  const platform = createNodePlatform({ dataDirectory: directory.path, version: '0.0.0-test' });
  const settings = openSettings(platform, createNotices(events, systemClock));
  told = 'running';
  fleet = createFleet({
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
  connections = createConnections({
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
  sessions = createSessions({
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
  startTunnels = () =>
    createTunnels({
      fleet,
      connections,
      standings,
      prompts: parts.connectParts.prompts,
      settings,
      events,
      clock: systemClock,
      redactor: createRedactor(),
      wordFailure: ({ rule }) => rule?.id ?? '',
    });
  tunnels = startTunnels();
  standings.onChange((key, standing) => {
    if (standing.kind !== 'enterable') connections.drop(key);
  });
  await fleet.refresh('fake');
});

afterEach(async () => {
  fleet.close();
  await sessions.close();
  await tunnels.close();
  connections.close();
  parts.remove();
  directory.remove();
});

async function comesTo(state: StateKind | undefined): Promise<void> {
  told = state;
  await fleet.refresh('fake');
}

async function terminal(): Promise<Terminal> {
  const { items } = await sessions.handlers['terminals.list']({}, signal);
  return items[0] as Terminal;
}

async function tunnel(): Promise<Tunnel> {
  const { items } = await tunnels.handlers['tunnels.list']({}, signal);
  return items[0] as Tunnel;
}

async function openTerminal(): Promise<Terminal> {
  const size = { columns: 80, rows: 24 };
  await sessions.handlers['terminals.open']({ instance, ...size }, signal);
  await expect.poll(async () => (await terminal()).state).toBe('open');
  return terminal();
}

/** As a page would: a stream attached to the terminal. */
async function type(text: string): Promise<void> {
  const nothing = () => {};
  const page = new ByteStream(1, nothing, nothing);
  const { id } = await terminal();
  await sessions.handlers['terminals.attach']({ id, from: -1 }, page, signal);
  page.receive(0, new TextEncoder().encode(text));
}

async function openTunnel(startsWithApp = false): Promise<Tunnel> {
  const remotePort = (web.address() as AddressInfo).port;
  const asked = tunnelsContract.open.args.parse({ instance, remotePort, startsWithApp });
  await tunnels.handlers['tunnels.open'](asked, signal);
  await expect.poll(async () => (await tunnel()).state).toBe('up');
  return tunnel();
}

const ask = async (port: number) => fetch(`http://127.0.0.1:${port}/`);
const logins = () => sshd.log().match(/Accepted /g)?.length ?? 0;

describe('a terminal', () => {
  it('waits with the reason while its instance is saved, and has a shell again by itself', async () => {
    const { id } = await openTerminal();
    await comesTo('snapshotting');
    expect(await terminal()).toMatchObject({
      state: 'failed',
      failure: { rule: { id: 'waits-for-snapshot' } },
    });
    const before = logins();
    await sessions.handlers['terminals.reconnect']({ id, columns: 80, rows: 24 }, signal);
    expect((await terminal()).failure?.rule?.id).toBe('waits-for-snapshot');
    expect(logins()).toBe(before);
    await comesTo('running');
    await expect.poll(async () => (await terminal()).state).toBe('open');
    expect((await terminal()).failure).toBeUndefined();
  });

  it('comes back even when the machine listens only some time after the cloud says it runs', async () => {
    await openTerminal();
    await comesTo('snapshotting');
    await sshd.down();
    await comesTo('running');
    await expect.poll(async () => (await terminal()).state).toBe('connecting');
    await sshd.up();
    await expect.poll(async () => (await terminal()).state, { timeout: 15_000 }).toBe('open');
  });

  it('that lost its connection before the cloud told why waits all the same', async () => {
    await openTerminal();
    told = 'snapshotting';
    // Nobody refreshes here: the lost connection itself is the sign.
    sshd.dropSessions();
    await expect.poll(async () => (await terminal()).failure?.rule?.id).toBe('waits-for-snapshot');
  });

  it('whose shell was killed as the machine went down waits too', async () => {
    await openTerminal();
    // As seen of machines that go down: a status of the shell, the connection some time later.
    await type('exit 255\r');
    await expect.poll(async () => (await terminal()).exit?.status).toBe(255);
    sshd.dropSessions();
    await comesTo('snapshotting');
    expect((await terminal()).failure?.rule?.id).toBe('waits-for-snapshot');
  });

  it('is closed with a word once the instance is released, also by way of a snapshot', async () => {
    await openTerminal();
    await comesTo('snapshotting');
    await comesTo('releasing');
    expect((await terminal()).failure?.rule?.id).toBe('waits-for-release');
    await comesTo('released');
    expect(await terminal()).toMatchObject({
      state: 'closed',
      failure: { rule: { id: 'instance-released' } },
    });
  });

  it('whose shell was left with exit stays as it is', async () => {
    await openTerminal();
    await type('exit\r');
    await expect.poll(async () => (await terminal()).state).toBe('closed');
    await comesTo('snapshotting');
    await comesTo('running');
    expect(await terminal()).toMatchObject({ state: 'closed', exit: { status: 0 } });
  });
});

describe('a tunnel', () => {
  it('keeps its port and says why while its instance is saved, and carries again by itself', async () => {
    const { localPort } = await openTunnel();
    await comesTo('snapshotting');
    expect(await tunnel()).toMatchObject({
      state: 'reconnecting',
      lastFailure: { rule: { id: 'waits-for-snapshot' } },
    });
    const before = logins();
    expect((await ask(localPort)).status).toBe(503);
    expect(logins()).toBe(before);
    await comesTo('running');
    await expect.poll(async () => (await tunnel()).state).toBe('up');
    expect(await (await ask(localPort)).text()).toBe('from the instance');
    expect(await tunnel()).toMatchObject({ localPort, reconnects: 1 });
  });

  it('stops with a word once the instance is released, and lets go of its port', async () => {
    const { localPort } = await openTunnel();
    await comesTo('releasing');
    await comesTo('released');
    await expect.poll(async () => (await tunnel()).state).toBe('stopped');
    expect((await tunnel()).lastFailure?.rule?.id).toBe('instance-released');
    await expect(ask(localPort)).rejects.toThrow();
  });

  it('started while its instance is saved waits from the beginning', async () => {
    const { id } = await openTunnel();
    await tunnels.handlers['tunnels.stop']({ id }, signal);
    await comesTo('snapshotting');
    await tunnels.handlers['tunnels.start']({ id }, signal);
    expect(await tunnel()).toMatchObject({
      state: 'connecting',
      lastFailure: { rule: { id: 'waits-for-snapshot' } },
    });
  });

  it('started with the application holds its port and waits until its instance is there', async () => {
    const { localPort } = await openTunnel(true);
    await tunnels.close();
    await comesTo(undefined);
    tunnels = startTunnels();
    await expect.poll(tunnel).toMatchObject({
      state: 'connecting',
      lastFailure: { rule: { id: 'tunnel-waits-for-instance' } },
    });
    const before = logins();
    expect((await ask(localPort)).status).toBe(503);
    expect(logins()).toBe(before);
    await comesTo('running');
    await expect.poll(async () => (await tunnel()).state).toBe('up');
    expect(await (await ask(localPort)).text()).toBe('from the instance');
    expect(await tunnel()).toMatchObject({ localPort, reconnects: 0 });
  });

  it('ends and is forgotten with its account', async () => {
    const { localPort } = await openTunnel(true);
    fleet.remove('fake');
    const { items } = await tunnels.handlers['tunnels.list']({}, signal);
    expect(items).toEqual([]);
    await expect.poll(() => ask(localPort).catch(() => 'closed')).toBe('closed');
    tunnels = startTunnels();
    expect(await tunnels.handlers['tunnels.list']({}, signal)).toMatchObject({ items: [] });
  });
});
