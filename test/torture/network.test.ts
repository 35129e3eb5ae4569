/** What happens to a tunnel when packets are lost without a word, and when this machine gets another address. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Child, startChild } from '../support/child.ts';
import { freePort } from '../support/free-port.ts';
import { canMakeNetworks, makeNetwork, type Network } from '../support/network.ts';
import { startTortureRig, type TortureRig } from '../support/torture-rig.ts';

/** Answers with a word, on the other machine. */
const farServer = (port: number) => `
  require('node:http').createServer((_, response) => response.end('far away'))
    .listen(${port}, '127.0.0.1', () => console.log('there'));
`;

describe.skipIf(!canMakeNetworks())('a tunnel over a real network', () => {
  let network: Network;
  let rig: TortureRig;
  let web: Child;
  let webPort: number;

  beforeAll(async () => {
    network = makeNetwork();
    rig = await startTortureRig({ network });
    webPort = await freePort();
    const [command = '', ...rest] = network.enter;
    web = startChild(command, [...rest, process.execPath, '-e', farServer(webPort)]);
    await web.waitFor(/there/);
  });

  afterAll(async () => {
    await rig.stop();
    await web.stop();
    network.remove();
  });

  it('that loses every packet says so within the keepalive’s patience, and is back once they pass', async () => {
    const tunnel = await rig.open(webPort);
    expect(await rig.ask(tunnel.localPort)).toBe('far away');
    network.dropPackets();
    await rig.reaches(tunnel.id, 'reconnecting');
    expect((await rig.see(tunnel.id)).lastFailure?.rule?.id).toBe('ssh-keepalive-lost');
    network.passPackets();
    rig.live.changeNetwork();
    await rig.reaches(tunnel.id, 'up', 30_000);
    expect((await rig.see(tunnel.id)).localPort).toBe(tunnel.localPort);
    expect(await rig.ask(tunnel.localPort)).toBe('far away');
    await rig.live.client.call('tunnels.remove', { id: tunnel.id });
  });

  it('stays as it is while its address is still this machine’s', async () => {
    const tunnel = await rig.open(webPort);
    rig.live.changeNetwork();
    expect(await rig.ask(tunnel.localPort)).toBe('far away');
    expect(await rig.see(tunnel.id)).toMatchObject({ state: 'up', reconnects: 0 });
    await rig.live.client.call('tunnels.remove', { id: tunnel.id });
  });

  it('comes back from a new address on the port it had, long before the keepalive would tell', async () => {
    const { instance } = rig;
    const { options } = await rig.live.client.call('ssh.options', { instance });
    const patient = { ...options, keepaliveSeconds: 3600 };
    await rig.live.client.call('ssh.setOptions', { instance, options: patient });
    const tunnel = await rig.open(webPort);
    network.changeOurAddress();
    rig.live.changeNetwork();
    await expect
      .poll(async () => (await rig.see(tunnel.id)).lastFailure?.rule?.id)
      .toBe('ssh-address-gone');
    await expect
      .poll(async () => (await rig.see(tunnel.id)).reconnects)
      .toBeGreaterThan(tunnel.reconnects);
    await rig.reaches(tunnel.id, 'up', 30_000);
    expect((await rig.see(tunnel.id)).localPort).toBe(tunnel.localPort);
    expect(await rig.ask(tunnel.localPort)).toBe('far away');
    await rig.live.client.call('tunnels.remove', { id: tunnel.id });
  });
});
