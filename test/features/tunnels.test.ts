/** Tunnels of the real core: through a real OpenSSH server, to a real web server. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Tunnel, TunnelOutcome } from '../../preload/contract/tunnels.ts';
import { requestRaw } from '../support/http-request.ts';
import { addressPort, listen } from '../support/listening.ts';
import { type LiveCore, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { createTempDir } from '../support/temp-dir.ts';

let sshd: Sshd;
let live: LiveCore;
let instance: string;
let web: Server;
let webPort: number;

beforeAll(async () => {
  sshd = await startSshd();
  web = createServer((request, response) => response.end(`you asked for ${request.url}`));
  await listen(web);
  webPort = addressPort(web);
  live = await startLiveCore({ answer: trustHostKeys });
  instance = await live.addSshd(sshd);
});

afterEach(async () => {
  for (const { id } of await list()) await live.client.call('tunnels.remove', { id });
});

afterAll(async () => {
  await live.close();
  web.close();
  await sshd.stop();
});

const list = async () => (await live.client.call('tunnels.list', {})).items;
const find = async (id: string) => (await list()).find((tunnel) => tunnel.id === id);

const opened = (outcome: TunnelOutcome): Tunnel => {
  if (outcome.kind !== 'opened') throw new Error(`not opened: ${outcome.kind}`);
  return outcome.tunnel;
};

const open = async (remotePort: number, localPort?: number) =>
  opened(
    await live.client.call('tunnels.open', {
      instance,
      remotePort,
      ...(localPort && { localPort }),
    }),
  );

const reaches = (id: string, state: Tunnel['state'], timeout = 30_000) =>
  expect.poll(async () => (await find(id))?.state, { timeout }).toBe(state);

const ask = async (port: number, path = '/', host = '127.0.0.1') =>
  (await fetch(`http://${host}:${port}${path}`)).text();

describe('a tunnel', () => {
  it('is up only after something at the far end answered, and carries on both loopback addresses', async () => {
    const tunnel = await open(webPort);
    await reaches(tunnel.id, 'up');
    expect(await ask(tunnel.localPort, '/one')).toBe('you asked for /one');
    expect(await ask(tunnel.localPort, '/two', '[::1]')).toBe('you asked for /two');
    await expect.poll(async () => (await find(tunnel.id))?.bytesIn).toBeGreaterThan(30);
  });

  it('says when nothing listens there, and comes up by itself once something does', async () => {
    const spare = createServer((_request, response) => response.end('late'));
    await listen(spare);
    const port = addressPort(spare);
    await new Promise((resolve) => spare.close(resolve));
    const tunnel = await open(port);
    await reaches(tunnel.id, 'failed');
    const seen = await find(tunnel.id);
    expect(seen).toMatchObject({
      lastFailure: { code: 'network', rule: { id: 'tunnel-nothing-listens' } },
    });
    expect(seen).not.toHaveProperty('leftToPerson');
    const { status, body } = await requestRaw(tunnel.localPort, '/', { accept: 'text/html' });
    expect(status).toBe(503);
    expect(body).toContain(`port ${port}`);
    expect(body).toContain('what you asked for appears by itself');
    await listen(spare, port);
    await reaches(tunnel.id, 'up');
    expect(await ask(tunnel.localPort)).toBe('late');
    spare.close();
  });

  it('is not up any more once a client found nothing there, until something is there again', async () => {
    const spare = createServer((_request, response) => response.end('there'));
    await listen(spare);
    const port = addressPort(spare);
    const tunnel = await open(port);
    await reaches(tunnel.id, 'up');
    await new Promise((resolve) => spare.close(resolve));
    expect((await fetch(`http://127.0.0.1:${tunnel.localPort}/`)).status).toBe(503);
    expect(await find(tunnel.id)).toMatchObject({ state: 'failed', reconnects: 0 });
    await listen(spare, port);
    await reaches(tunnel.id, 'up');
    expect(await ask(tunnel.localPort)).toBe('there');
    spare.closeAllConnections();
    spare.close();
  });

  it('keeps its port through a broken connection; who asks meanwhile waits and is answered', async () => {
    const tunnel = await open(webPort);
    await reaches(tunnel.id, 'up');
    await sshd.down();
    await reaches(tunnel.id, 'reconnecting');
    const waiting = ask(tunnel.localPort, '/waited');
    const taken = createTcpServer();
    taken.listen(tunnel.localPort, '127.0.0.1');
    const [error] = await once(taken, 'error');
    expect(error).toMatchObject({ code: 'EADDRINUSE' });
    await sshd.up();
    await reaches(tunnel.id, 'up');
    expect(await waiting).toBe('you asked for /waited');
    expect(await find(tunnel.id)).toMatchObject({ localPort: tunnel.localPort, reconnects: 1 });
  });

  it('is redialled after sleep, and at once when the network changed', async () => {
    const tunnel = await open(webPort);
    await reaches(tunnel.id, 'up');
    live.resume();
    await reaches(tunnel.id, 'reconnecting');
    live.changeNetwork();
    await reaches(tunnel.id, 'up');
    expect(await ask(tunnel.localPort)).toContain('you asked');
  });

  it('offers another port when the wanted one is in use, privileged or its own', async () => {
    const { client } = live;
    const inUse = await client.call('tunnels.open', {
      instance,
      remotePort: webPort,
      localPort: webPort,
    });
    expect(inUse).toMatchObject({ kind: 'port-unavailable', reason: 'in-use', wanted: webPort });
    if (inUse.kind !== 'port-unavailable') return;
    const tunnel = await open(webPort, inUse.offered);
    expect(tunnel.localPort).toBe(inUse.offered);
    const again = await client.call('tunnels.open', {
      instance,
      remotePort: webPort,
      localPort: tunnel.localPort,
    });
    expect(again).toMatchObject({ kind: 'port-unavailable', reason: 'in-use' });
    expect(await list()).toHaveLength(1);
  });

  it('refuses ports that are none, before anything is opened', async () => {
    for (const remotePort of [0, 65_536, 1.5, -1]) {
      await expect(
        live.client.call('tunnels.open', { instance, remotePort }),
      ).rejects.toMatchObject({ code: 'invalid' });
    }
    expect(await list()).toEqual([]);
  });

  it('gives its port back when stopped and takes the same one when started', async () => {
    const tunnel = await open(webPort);
    await reaches(tunnel.id, 'up');
    await live.client.call('tunnels.stop', { id: tunnel.id });
    expect(await find(tunnel.id)).toMatchObject({ state: 'stopped', openConnections: 0 });
    await expect(ask(tunnel.localPort)).rejects.toThrow();
    opened(await live.client.call('tunnels.start', { id: tunnel.id }));
    await reaches(tunnel.id, 'up');
    expect(await ask(tunnel.localPort)).toContain('you asked');
  });

  it('is started once, however often it is asked for at the same time', async () => {
    const { id, localPort } = await open(webPort);
    await live.client.call('tunnels.stop', { id });
    const start = () => live.client.call('tunnels.start', { id });
    expect((await Promise.all([start(), start()])).map(({ kind }) => kind)).toEqual([
      'opened',
      'opened',
    ]);
    await reaches(id, 'up');
    expect(await ask(localPort)).toBe('you asked for /');
  });

  it.each(['tunnels.stop', 'tunnels.remove'] as const)(
    'gives its port back when %s comes while it is being started',
    async (call) => {
      const { id, localPort } = await open(webPort);
      await live.client.call('tunnels.stop', { id });
      const started = live.client.call('tunnels.start', { id });
      await live.client.call(call, { id });
      await started;
      await expect(ask(localPort)).rejects.toThrow('fetch failed');
      expect(live.core.ownsPort(localPort)).toBe(false);
    },
  );

  it('has the name of its instance after a restart too', async () => {
    const data = createTempDir('tunnels-restart');
    const first = await startLiveCore({ dataDirectory: data.path });
    const key = await first.addServer({ name: 'named box', port: 1, user: 'ada' });
    await first.client.call('tunnels.open', { instance: key, remotePort: webPort });
    await first.close();
    const second = await startLiveCore({ dataDirectory: data.path });
    const names = async () =>
      (await second.client.call('tunnels.list', {})).items.map(({ instanceName }) => instanceName);
    await expect.poll(names).toEqual(['named box']);
    await second.close();
    data.remove();
  });

  it('survives clients that connect and go away at once', async () => {
    const tunnel = await open(webPort);
    await reaches(tunnel.id, 'up');
    for (let round = 0; round < 20; round += 1) {
      const sockets = Array.from({ length: 10 }, () => connect(tunnel.localPort, '127.0.0.1'));
      for (const socket of sockets) socket.on('error', () => {});
      for (const socket of sockets) socket.resetAndDestroy();
    }
    expect(await ask(tunnel.localPort, '/still')).toBe('you asked for /still');
    await expect.poll(async () => (await find(tunnel.id))?.openConnections).toBe(0);
  });

  it('shares one SSH connection with every other tunnel and terminal of the instance', async () => {
    const before = sshd.log().match(/Accepted publickey/g)?.length ?? 0;
    const tunnels = [await open(webPort), await open(webPort)];
    for (const { id } of tunnels) await reaches(id, 'up');
    await live.client.call('terminals.open', { instance, columns: 80, rows: 24 });
    const after = sshd.log().match(/Accepted publickey/g)?.length ?? 0;
    expect(after - before).toBeLessThanOrEqual(1);
  });
});
