/** Tunnels on a bad day: the line cut a hundred times, clients by the thousand, a server that says no or is another. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { requestRaw } from '../support/http-request.ts';
import { newKeyPair } from '../support/key-pair.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';
import { type LiveCore, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { type FaultProxy, startProxy } from '../support/proxy.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { askPage, opened, type TunnelDesk, tunnelDesk } from '../support/tunnel-desk.ts';

let sshd: Sshd;
let line: FaultProxy;
let live: LiveCore;
let instance: string;
let desk: TunnelDesk;
let web: Server;
let webPort: number;

beforeAll(async () => {
  sshd = await startSshd();
  line = await startProxy(sshd.port);
  web = createServer((request, response) => response.end(`you asked for ${request.url}`));
  await listen(web);
  webPort = addressPort(web);
  live = await startLiveCore({ answer: trustHostKeys });
  await live.client.call('vault.setUp', { mode: 'memory' });
  instance = await addServer({ privateKey: sshd.privateKey });
  desk = tunnelDesk(live, instance);
});

afterEach(async () => {
  await desk.removeAll();
  vi.useRealTimers();
});

/** Until the end of the test, what waits for a time waits for ever: what happens happens because it was asked for. */
const noWaitEnds = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

afterAll(async () => {
  await live.close();
  web.closeAllConnections();
  await closeServer(web);
  await line.stop();
  await sshd.stop();
});

const addServer = ({ privateKey = '', port = line.port }) =>
  live.addServer({
    name: 'box',
    port,
    user: sshd.user,
    login: { kind: 'stored-key' },
    privateKey,
  });

/** What keeps a process busy; what pools keep for a while is not among it. */
const busy = () => {
  const counts = { TCPServerWrap: 0, TCPSocketWrap: 0, Timeout: 0 };
  for (const kind of process.getActiveResourcesInfo()) {
    if (kind in counts) counts[kind as keyof typeof counts] += 1;
  }
  return counts;
};
const connectionsOf = (server: Server) =>
  new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));

describe('a tunnel', () => {
  it('lives through 100 cuts on its port and leaves no listener, socket or timer behind', async () => {
    const { id, localPort } = await desk.openUp({ remotePort: webPort });
    const before = busy();
    for (let round = 1; round <= 100; round += 1) {
      line.cut();
      await expect.poll(async () => (await desk.find(id))?.reconnects).toBe(round);
      live.changeNetwork();
    }
    await desk.reaches(id, 'up');
    expect(await askPage(localPort, '/alive')).toBe('you asked for /alive');
    expect(await desk.find(id)).toMatchObject({ localPort, reconnects: 100 });
    await expect.poll(() => line.connections()).toBe(1);
    await expect.poll(busy).toEqual({
      TCPServerWrap: before.TCPServerWrap,
      TCPSocketWrap: expect.toSatisfy((count: number) => count <= before.TCPSocketWrap + 4),
      Timeout: expect.toSatisfy((count: number) => count <= before.Timeout + 4),
    });
  });

  it('keeps nothing of 1,000 clients that connect and close', async () => {
    const { id, localPort } = await desk.openUp({ remotePort: webPort });
    for (let round = 0; round < 1000; round += 1) {
      const socket = connect(localPort, '127.0.0.1');
      socket.on('error', () => {});
      if (round % 3 === 0) {
        await once(socket, 'connect');
        socket.write('GET / HT');
      }
      if (round % 2 === 0) socket.resetAndDestroy();
      else socket.destroy();
    }
    expect(await askPage(localPort, '/still')).toBe('you asked for /still');
    await expect.poll(async () => (await desk.find(id))?.openConnections).toBe(0);
    web.closeIdleConnections();
    // A channel that was left open would hold a connection of the server's.
    await expect.poll(() => connectionsOf(web)).toBe(0);
  });

  it('tells bytes and their speed while they flow, and nothing while nothing does', async () => {
    const { id, localPort } = await desk.openUp({ remotePort: webPort });
    let told = 0;
    const stop = live.client.on('tunnels.changed', () => {
      told += 1;
    });
    await askPage(localPort, `/${'x'.repeat(5000)}`);
    await expect
      .poll(async () => (await desk.find(id))?.bytesInPerSecond, { interval: 200 })
      .toBeGreaterThan(100);
    expect(await desk.find(id)).toMatchObject({ connections: 1 });
    await expect
      .poll(async () => (await desk.find(id))?.bytesInPerSecond, { interval: 200 })
      .toBe(0);
    await expect.poll(async () => (await desk.find(id))?.openConnections).toBe(0);
    expect(told).toBeLessThan(12);
    await sleep(1200);
    told = 0;
    await sleep(2500);
    expect(told).toBe(0);
    stop();
  });

  it('that wants the port of another is offered one, and disturbs nobody', async () => {
    const first = await desk.openUp({ remotePort: webPort });
    const again = { instance, remotePort: webPort, localPort: first.localPort };
    const outcome = await live.client.call('tunnels.open', again);
    expect(outcome).toMatchObject({ kind: 'port-unavailable', reason: 'in-use' });
    expect(await askPage(first.localPort, '/first')).toBe('you asked for /first');
    expect(await desk.list()).toHaveLength(1);
  });

  it('stops at once while it is connecting to a server that says nothing', async () => {
    const silent = await startProxy(sshd.port);
    silent.freeze();
    noWaitEnds();
    const there = tunnelDesk(live, await addServer({ port: silent.port, privateKey: 'none' }));
    const { id, localPort } = await there.open({ remotePort: webPort });
    await there.reaches(id, 'connecting');
    await live.client.call('tunnels.stop', { id });
    expect(await there.find(id)).toMatchObject({ state: 'stopped' });
    await expect(askPage(localPort)).rejects.toThrow();
    expect(live.core.liveWork().tunnels).toBe(0);
    await silent.stop();
  });

  it('tries again now when it is told to, however long it would have waited', async () => {
    const { id, localPort } = await desk.openUp({ remotePort: webPort });
    noWaitEnds();
    await line.goAway();
    await desk.reaches(id, 'reconnecting');
    await expect.poll(async () => (await desk.find(id))?.nextAttemptAt).toMatch(/^\d{4}-.*Z$/);
    await line.comeBack();
    await live.client.call('tunnels.reconnectAll', {});
    await desk.reaches(id, 'up');
    expect((await desk.find(id))?.nextAttemptAt).toBeUndefined();
    expect(await askPage(localPort, '/now')).toBe('you asked for /now');
  });

  it('waits for a person after a refused login, and dials no more whatever happens', async () => {
    const there = tunnelDesk(live, await addServer({ privateKey: newKeyPair().private }));
    const { id, localPort } = await there.open({ remotePort: webPort });
    await there.reaches(id, 'needs-user');
    const dials = line.accepted();
    const page = await requestRaw(localPort, '/', { accept: 'text/html' });
    expect(page.status).toBe(503);
    expect(page.body).toContain('press Answer on this tunnel');
    live.changeNetwork();
    live.resume();
    await sleep(1500);
    expect(line.accepted()).toBe(dials);
    expect(await there.find(id)).toMatchObject({ state: 'needs-user' });
    // A person may ask again.
    opened(await live.client.call('tunnels.start', { id }));
    await expect.poll(() => line.accepted()).toBeGreaterThan(dials);
  });

  it('carries nothing to a server that shows another key when it comes back', async () => {
    const { id, localPort } = await desk.openUp({ remotePort: webPort });
    await sshd.changeHostKey();
    await desk.reaches(id, 'failed');
    expect(await desk.ruleOf(id)).toBe('host-key-changed');
    expect(await desk.find(id)).toMatchObject({ leftToPerson: true });
    const { status, body } = await requestRaw(localPort, '/secret', { accept: 'text/html' });
    expect(status).toBe(503);
    expect(body).toContain('The tunnel does not come back by itself.');
    expect(body).not.toContain('you asked');
  });
});
