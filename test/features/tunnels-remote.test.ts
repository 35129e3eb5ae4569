/** A port on the instance that leads here: opened by a real OpenSSH server, lost with the connection, and asked for again. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';
import { type LiveCore, startLiveCore } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { askPage, type TunnelDesk, tunnelDesk } from '../support/tunnel-desk.ts';

let sshd: Sshd;
let strict: Sshd;
let live: LiveCore;
let instance: string;
let desk: TunnelDesk;
/** What runs on this machine, to be seen from the instance. */
let here: Server;
let herePort: number;

beforeAll(async () => {
  sshd = await startSshd();
  strict = await startSshd({ config: ['AllowTcpForwarding local'] });
  here = createServer((request, response) => response.end(`you asked here for ${request.url}`));
  await listen(here);
  herePort = addressPort(here);
  live = await startLiveCore({
    answer: ({ question }) => {
      if (question.kind === 'host-key') return { kind: 'trust' };
      return question.kind === 'expose-port' ? { kind: 'allow' } : undefined;
    },
  });
  await live.client.call('vault.setUp', { mode: 'memory' });
  instance = await addServer('box', sshd);
  desk = tunnelDesk(live, instance);
});

afterEach(() => desk.removeAll());

afterAll(async () => {
  await live.close();
  here.closeAllConnections();
  await closeServer(here);
  await sshd.stop();
  await strict.stop();
});

const addServer = (name: string, { port, user, privateKey }: Sshd) =>
  live.addServer({ name, port, user, login: { kind: 'stored-key' }, privateKey });

/** The instance is this machine: its ports are seen from here. */
const isOpen = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

describe('a remote tunnel', () => {
  it('leads from a port on the instance to one here, and counts what flows', async () => {
    const remotePort = await freePort();
    const { id } = await desk.openUp({ kind: 'remote', remotePort, localPort: herePort });
    expect(await askPage(remotePort, '/one')).toBe('you asked here for /one');
    expect(await askPage(remotePort, '/two', '[::1]')).toBe('you asked here for /two');
    await expect
      .poll(() => desk.find(id))
      .toMatchObject({
        kind: 'remote',
        localHost: '127.0.0.1',
        localPort: herePort,
        remotePort,
        connections: 2,
      });
    expect((await desk.find(id))?.bytesIn).toBeGreaterThan(50);
    // Nothing of this machine was taken for it.
    expect(live.core.ownsPort(herePort)).toBe(false);
  });

  it('asks for the same port again after every reconnect', async () => {
    const remotePort = await freePort();
    const { id } = await desk.openUp({ kind: 'remote', remotePort, localPort: herePort });
    for (let round = 1; round <= 3; round += 1) {
      sshd.dropSessions();
      await expect.poll(async () => (await desk.find(id))?.reconnects).toBe(round);
      await desk.reaches(id, 'up');
      expect(await askPage(remotePort, `/${round}`)).toBe(`you asked here for /${round}`);
    }
  });

  it('gives the port on the instance back when it is stopped, though the connection stays', async () => {
    const remotePort = await freePort();
    const first = await desk.openUp({ kind: 'remote', remotePort, localPort: herePort });
    const other = await desk.openUp({
      kind: 'remote',
      remotePort: await freePort(),
      localPort: herePort,
    });
    await live.client.call('tunnels.stop', { id: first.id });
    await expect.poll(() => isOpen(remotePort)).toBe(false);
    expect(await askPage(other.remotePort, '/other')).toBe('you asked here for /other');
    await live.client.call('tunnels.start', { id: first.id });
    await desk.reaches(first.id, 'up');
    expect(await askPage(remotePort, '/again')).toBe('you asked here for /again');
  });

  it('says when nothing listens here, and lets go of whoever came', async () => {
    const remotePort = await freePort();
    const localPort = await freePort();
    const { id } = await desk.openUp({ kind: 'remote', remotePort, localPort });
    await expect(askPage(remotePort)).rejects.toThrow();
    expect((await desk.find(id))?.lastFailure).toMatchObject({
      code: 'network',
      rule: { id: 'tunnel-nothing-listens-here', params: { host: '127.0.0.1', port: localPort } },
    });
    expect(await desk.find(id)).toMatchObject({ state: 'up' });
  });

  it('names what the server would have to permit when it refuses', async () => {
    const there = tunnelDesk(live, await addServer('strict', strict));
    const { id } = await there.open({
      kind: 'remote',
      remotePort: await freePort(),
      localPort: herePort,
    });
    await there.reaches(id, 'failed');
    expect(await there.ruleOf(id)).toBe('tunnel-remote-refused');
  });

  it('whose port another tunnel has says so, and takes it over when that one is stopped', async () => {
    const remotePort = await freePort();
    const first = await desk.openUp({ kind: 'remote', remotePort, localPort: herePort });
    const second = await desk.open({ kind: 'remote', remotePort, localPort: herePort });
    await desk.reaches(second.id, 'failed');
    expect(await desk.ruleOf(second.id)).toBe('tunnel-remote-taken');
    expect(await askPage(remotePort, '/first')).toBe('you asked here for /first');
    await live.client.call('tunnels.stop', { id: first.id });
    await desk.reaches(second.id, 'up');
    expect(await askPage(remotePort, '/second')).toBe('you asked here for /second');
  });

  it('asks before it opens a port of the instance to more than the instance', async () => {
    const remotePort = await freePort();
    await desk.openUp({ kind: 'remote', remotePort, localPort: herePort, bindAddress: '0.0.0.0' });
    expect(live.prompts.at(-1)?.question).toEqual({
      kind: 'expose-port',
      side: 'instance',
      bindAddress: '0.0.0.0',
      port: remotePort,
      leadsTo: `127.0.0.1:${herePort}`,
    });
    expect(await askPage(remotePort, '/wide')).toBe('you asked here for /wide');
  });

  it('leaves no connection open here when clients there come and go at once', async () => {
    const remotePort = await freePort();
    const { id } = await desk.openUp({ kind: 'remote', remotePort, localPort: herePort });
    for (let round = 0; round < 100; round += 1) {
      const socket = connect(remotePort, '127.0.0.1');
      socket.on('error', () => {});
      if (round % 2 === 0) await once(socket, 'connect');
      socket.resetAndDestroy();
    }
    await expect.poll(async () => (await desk.find(id))?.openConnections).toBe(0);
    expect(await askPage(remotePort, '/still')).toBe('you asked here for /still');
  });
});
