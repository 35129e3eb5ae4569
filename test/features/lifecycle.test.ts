/** Terminals and tunnels through an instance's whole life: a fake cloud says the state, a real OpenSSH server is the machine. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Tunnels } from '../../main/features/tunnels/tunnels.ts';
import { ByteStream } from '../../preload/contract/byte-stream.ts';
import type { StateKind } from '../../preload/contract/constants.ts';
import type { Terminal } from '../../preload/contract/terminals.ts';
import { type Tunnel, tunnels as tunnelsContract } from '../../preload/contract/tunnels.ts';
import { type LifeDesk, openLifeDesk } from '../support/life-desk.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';

const instance = 'fake/box';
const signal = new AbortController().signal;

let sshd: Sshd;
let web: Server;
let desk: LifeDesk;
let tunnels: Tunnels;

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
  desk = await openLifeDesk(sshd);
  tunnels = desk.startTunnels();
});

afterEach(async () => {
  vi.useRealTimers();
  await tunnels.close();
  await desk.close();
});

async function comesTo(state: StateKind | undefined): Promise<void> {
  desk.say(state);
  await desk.fleet.refresh('fake');
}

async function terminal(): Promise<Terminal> {
  const { items } = await desk.sessions.handlers['terminals.list']({}, signal);
  return items[0] as Terminal;
}

async function tunnel(): Promise<Tunnel> {
  const { items } = await tunnels.handlers['tunnels.list']({}, signal);
  return items[0] as Tunnel;
}

async function openTerminal(): Promise<Terminal> {
  const size = { columns: 80, rows: 24 };
  await desk.sessions.handlers['terminals.open']({ instance, ...size }, signal);
  await expect.poll(async () => (await terminal()).state).toBe('open');
  return terminal();
}

/** As a page would: a stream attached to the terminal. */
async function type(text: string): Promise<void> {
  const nothing = () => {};
  const page = new ByteStream(1, nothing, nothing);
  const { id } = await terminal();
  await desk.sessions.handlers['terminals.attach']({ id, from: -1 }, page, signal);
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
    await desk.sessions.handlers['terminals.reconnect']({ id, columns: 80, rows: 24 }, signal);
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
    await expect.poll(async () => (await terminal()).state).toBe('open');
  });

  it('that lost its connection before the cloud told why waits all the same', async () => {
    await openTerminal();
    desk.say('snapshotting');
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
    const { since, lastFailureAt = '', ...waiting } = await tunnel();
    expect(waiting).toMatchObject({
      state: 'connecting',
      lastFailure: { rule: { id: 'waits-for-snapshot' } },
    });
    // As the page tells the reason for this state from one of another time.
    expect(lastFailureAt >= since).toBe(true);
  });

  it('of an instance that was released is not started, and says why', async () => {
    const { id, localPort } = await openTunnel();
    await tunnels.handlers['tunnels.stop']({ id }, signal);
    await comesTo('released');
    await expect(
      Promise.resolve(tunnels.handlers['tunnels.start']({ id }, signal)),
    ).rejects.toMatchObject({ rule: { id: 'instance-released' } });
    expect((await tunnel()).state).toBe('stopped');
    await expect(ask(localPort)).rejects.toThrow();
  });

  it('started with the application holds its port and waits until its instance is there', async () => {
    const { localPort } = await openTunnel(true);
    await tunnels.close();
    await comesTo(undefined);
    tunnels = desk.startTunnels();
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

  it('tells at once why it waits to who was on the way through when it began to', async () => {
    const { localPort } = await openTunnel();
    sshd.signalSessions('SIGSTOP');
    // Nobody loses patience any more.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const asked = ask(localPort);
    await expect.poll(async () => (await tunnel()).openConnections).toBe(1);
    await comesTo('snapshotting');
    expect(await (await asked).text()).toContain('The instance is being saved to a snapshot.');
    sshd.dropSessions();
  });

  it('comes back by itself though its line was lost just when its cloud left its instance out', async () => {
    const { localPort } = await openTunnel();
    await comesTo(undefined);
    sshd.dropSessions();
    await expect.poll(async () => (await tunnel()).state).not.toBe('up');
    await comesTo('running');
    await expect.poll(async () => (await tunnel()).state).toBe('up');
    expect(await (await ask(localPort)).text()).toBe('from the instance');
  });

  it('ends and is forgotten with its account', async () => {
    const { localPort } = await openTunnel(true);
    desk.fleet.remove('fake');
    const { items } = await tunnels.handlers['tunnels.list']({}, signal);
    expect(items).toEqual([]);
    await expect.poll(() => ask(localPort).catch(() => 'closed')).toBe('closed');
    tunnels = desk.startTunnels();
    expect(await tunnels.handlers['tunnels.list']({}, signal)).toMatchObject({ items: [] });
  });
});
