/** Many at once, ports that are taken, and servers that allow little. */
import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Terminal } from '../../preload/contract/terminals.ts';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { closeServer, listen } from '../support/listening.ts';
import { startTortureRig, type TortureRig, touch } from '../support/torture-rig.ts';

let rig: TortureRig;

const remove = ({ id }: Pick<Tunnel, 'id'>) => rig.live.client.call('tunnels.remove', { id });

describe('a tunnel', () => {
  beforeAll(async () => {
    rig = await startTortureRig();
  });
  afterAll(() => rig.stop());

  it('takes a thousand clients that connect and go at once, some in the middle of a word', async () => {
    const tunnel = await rig.open();
    const before = await rig.held();
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          touch(tunnel.localPort, index % 2 === 0 ? '' : 'GET / HT'),
        ),
      );
    }
    expect(await rig.ask(tunnel.localPort)).toBe('got /x');
    await expect.poll(async () => (await rig.see(tunnel.id)).openConnections).toBe(0);
    expect((await rig.see(tunnel.id)).state).toBe('up');
    await rig.holdsNoMoreThan(before);
    await remove(tunnel);
  });

  it('is one of two hundred on one connection, each on its own port, all back after a loss', async () => {
    const first = await rig.open();
    const before = await rig.held();
    const accepted = rig.proxy.accepted();
    const tunnels: Tunnel[] = [];
    for (let count = 0; count < 199; count += 1) tunnels.push(await rig.open());
    expect(rig.proxy.accepted()).toBe(accepted);
    expect(new Set([first, ...tunnels].map(({ localPort }) => localPort)).size).toBe(200);

    rig.proxy.cut();
    await expect
      .poll(async () => {
        const { items } = await rig.live.client.call('tunnels.list', {});
        return items.filter(({ state, reconnects }) => state === 'up' && reconnects > 0).length;
      })
      .toBe(200);
    // One reconnect for the host, not one for each tunnel.
    expect(rig.proxy.accepted()).toBe(accepted + 1);
    const answers = await Promise.all(tunnels.map(({ localPort }) => rig.ask(localPort)));
    expect(new Set(answers)).toEqual(new Set(['got /x']));
    await Promise.all(tunnels.map(remove));
    await rig.holdsNoMoreThan(before);
    await remove(first);
  });

  it('whose port was taken by another program is offered a new one and keeps it from then on', async () => {
    const tunnel = await rig.open();
    await rig.live.client.call('tunnels.stop', { id: tunnel.id });
    const thief = createServer();
    await listen(thief, tunnel.localPort);
    const outcome = await rig.live.client.call('tunnels.start', { id: tunnel.id });
    if (outcome.kind !== 'port-unavailable') throw new Error(outcome.kind);
    expect(outcome).toMatchObject({ reason: 'in-use', wanted: tunnel.localPort });
    expect((await rig.see(tunnel.id)).state).toBe('stopped');
    const { id } = tunnel;
    await rig.live.client.call('tunnels.change', { id, localPort: outcome.offered });
    await rig.live.client.call('tunnels.start', { id });
    await rig.reaches(id, 'up');
    expect(await rig.ask(outcome.offered)).toBe('got /x');
    await closeServer(thief);
    await remove(tunnel);
  });

  it('cannot lose its port to another program while it is down', async () => {
    const tunnel = await rig.open();
    await rig.proxy.goAway();
    await rig.reaches(tunnel.id, 'reconnecting');
    const thief = createServer();
    await expect(listen(thief, tunnel.localPort)).rejects.toThrow('EADDRINUSE');
    await rig.proxy.comeBack();
    rig.live.changeNetwork();
    await rig.reaches(tunnel.id, 'up');
    await remove(tunnel);
  });
});

describe('a server that allows little', () => {
  const openShell = async () =>
    rig.live.client.call('terminals.open', { instance: rig.instance, columns: 80, rows: 24 });
  const shell = async (id: string): Promise<Terminal | undefined> => {
    const { items } = await rig.live.client.call('terminals.list', {});
    return items.find((terminal) => terminal.id === id);
  };

  it('one session a connection: terminals get connections of their own, and the tunnel stays', async () => {
    rig = await startTortureRig({ config: ['MaxSessions 1'] });
    const tunnel = await rig.open();
    const terminals = [await openShell(), await openShell(), await openShell()];
    for (const { id } of terminals) {
      await expect.poll(async () => (await shell(id))?.state).toBe('open');
    }
    expect((await rig.see(tunnel.id)).state).toBe('up');
    expect((await rig.see(tunnel.id)).reconnects).toBe(0);
    expect(await rig.ask(tunnel.localPort)).toBe('got /x');
    for (const { id } of terminals) await rig.live.client.call('terminals.close', { id });
    await rig.stop();
  });

  it('no session at all: the terminal says so, the tunnel works', async () => {
    rig = await startTortureRig({ config: ['MaxSessions 0'] });
    const tunnel = await rig.open();
    const { id } = await openShell();
    await expect.poll(async () => (await shell(id))?.state).toBe('failed');
    expect((await shell(id))?.failure?.rule?.id).toMatch(/^ssh-(channel-refused|sessions-refused)/);
    expect(await rig.ask(tunnel.localPort)).toBe('got /x');
    await rig.stop();
  });

  it('few logins at once: what was turned away is tried again until it is in', async () => {
    rig = await startTortureRig({ config: ['MaxStartups 1', 'LoginGraceTime 30'] });
    const slow = await Promise.all(Array.from({ length: 3 }, () => touchSlowly(rig.proxy.port)));
    const opened = await rig.live.client.call('tunnels.open', {
      instance: rig.instance,
      remotePort: rig.webPort,
    });
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    await rig.reaches(opened.tunnel.id, 'reconnecting');
    for (const leave of slow) leave();
    await rig.reaches(opened.tunnel.id, 'up', 30_000);
    await rig.stop();
  });
});

/** A client that begins to log in and says nothing more. */
async function touchSlowly(port: number): Promise<() => void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('data', resolve));
  return () => socket.destroy();
}
