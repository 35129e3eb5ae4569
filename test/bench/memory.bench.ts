/** What an idle tunnel and an idle terminal take of memory, beside one `ssh` process for each. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from '../support/child.ts';
import { freePort } from '../support/free-port.ts';
import { startAppWithServers } from './support/app-with-servers.ts';
import { type Bench, measure } from './support/measurement.ts';
import { openPeerTunnel } from './support/open-tunnel.ts';
import { residentMebibytes } from './support/resident-memory.ts';

const tunnels = 200;
/** As many as a server takes on one connection. */
const terminals = 10;
const settleMs = 3000;
const kibibytes = 1024;

export const bench: Bench = {
  name: 'memory',
  async run() {
    const world = await startAppWithServers(1);
    const { client, app, sshd } = world;
    const instance = world.instances[0] ?? '';
    const settled = async () => {
      await sleep(settleMs);
      return residentMebibytes(app.pid);
    };
    const open = async () =>
      client.call('tunnels.open', {
        instance,
        remotePort: sshd.port,
        localPort: await freePort(),
      });
    await open();
    const before = await settled();
    for (let count = 0; count < tunnels; count += 1) await open();
    const withTunnels = await settled();
    for (let count = 0; count < terminals; count += 1) {
      await client.call('terminals.open', { instance, columns: 80, rows: 24 });
    }
    const withTerminals = await settled();

    const peerTunnel = await openPeerTunnel(world, sshd.port);
    const peerTerminal = startChild('ssh', ['-tt', ...world.sshArguments]);
    await peerTerminal.waitFor(/[$#] $/);
    const peers = [peerTunnel, peerTerminal].map(({ pid }) => residentMebibytes(pid) * kibibytes);
    await peerTunnel.stop();
    await peerTerminal.stop();
    await world.stop();
    const each = (from: number, to: number, count: number) => ((to - from) * kibibytes) / count;
    return [
      measure('memory: an idle tunnel', 'KiB', each(before, withTunnels, tunnels), peers[0] ?? 0, {
        ratioAtMost: 1,
      }),
      measure(
        'memory: an idle terminal, in the core',
        'KiB',
        each(withTunnels, withTerminals, terminals),
        peers[1] ?? 0,
        { ratioAtMost: 1 },
      ),
    ];
  },
};
