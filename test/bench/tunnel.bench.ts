/** A tunnel beside `ssh -L`: throughput both ways, processor time, and many requests at once. */
import { startChild } from '../support/child.ts';
import { freePort } from '../support/free-port.ts';
import { startAppWithServers } from './support/app-with-servers.ts';
import { cpuSeconds } from './support/cpu-time.ts';
import { type Bench, type Measurement, measure, median } from './support/measurement.ts';
import { requestMany } from './support/request-many.ts';
import { download, startFarEnd, upload } from './support/transfer.ts';

const mebibytes = 512;
const bytes = mebibytes * 1024 * 1024;
const rounds = 5;
const requests = 500;

interface Side {
  readonly port: number;
  readonly pid: number;
}

interface Rates {
  readonly down: number[];
  readonly up: number[];
  readonly cpuDown: number[];
  readonly cpuUp: number[];
  readonly p99: number[];
}

async function measureOnce({ port, pid }: Side, rates: Rates): Promise<void> {
  const before = cpuSeconds(pid);
  rates.down.push(mebibytes / (await download(port, bytes)));
  const between = cpuSeconds(pid);
  rates.up.push(mebibytes / (await upload(port, bytes)));
  const after = cpuSeconds(pid);
  rates.cpuDown.push(((between - before) * 1024) / mebibytes);
  rates.cpuUp.push(((after - between) * 1024) / mebibytes);
  rates.p99.push(await requestMany(port, requests));
}

const emptyRates = (): Rates => ({ down: [], up: [], cpuDown: [], cpuUp: [], p99: [] });

export const bench: Bench = {
  name: 'tunnel',
  async run(): Promise<readonly Measurement[]> {
    const world = await startAppWithServers(1);
    const far = await startFarEnd();
    const opened = await world.client.call('tunnels.open', {
      instance: world.instances[0] ?? '',
      remotePort: far.port,
      localPort: await freePort(),
    });
    if (opened.kind !== 'opened') throw new Error(`no tunnel: ${opened.kind}`);
    const peerPort = await freePort();
    const forward = `${peerPort}:127.0.0.1:${far.port}`;
    const ssh = startChild('ssh', ['-v', '-N', '-L', forward, ...world.sshArguments]);
    await ssh.waitFor(/Local forwarding listening|Entering interactive session/);

    const ours: Side = { port: opened.tunnel.localPort, pid: world.app.pid };
    const peer: Side = { port: peerPort, pid: ssh.pid };
    for (const side of [ours, peer]) await measureOnce(side, emptyRates());
    const ourRates = emptyRates();
    const peerRates = emptyRates();
    for (let round = 0; round < rounds; round += 1) {
      await measureOnce(ours, ourRates);
      await measureOnce(peer, peerRates);
    }
    await ssh.stop();
    await far.stop();
    await world.stop();

    const line = (
      name: string,
      unit: string,
      of: keyof Rates,
      budget: Parameters<typeof measure>[4],
    ) => measure(name, unit, median(ourRates[of]), median(peerRates[of]), budget);
    return [
      line('tunnel: download', 'MiB/s', 'down', { ratioAtLeast: 1 }),
      line('tunnel: upload', 'MiB/s', 'up', { ratioAtLeast: 1 }),
      line('tunnel: processor time, download', 's/GiB', 'cpuDown', { ratioAtMost: 1 }),
      line('tunnel: processor time, upload', 's/GiB', 'cpuUp', { ratioAtMost: 1 }),
      line(`tunnel: ${requests} requests at once, p99`, 'ms', 'p99', { ratioAtMost: 1 }),
    ];
  },
};
