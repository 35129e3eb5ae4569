/** A tunnel beside `ssh -L`: throughput both ways, processor time, and many requests at once. */
import { startAppWithServers } from './support/app-with-servers.ts';
import { cpuSeconds } from './support/cpu-time.ts';
import {
  type Bench,
  type Measurement,
  measure,
  median,
  percentile,
} from './support/measurement.ts';
import { openPeerTunnel, openTunnel, type Side } from './support/open-tunnel.ts';
import { requestMany } from './support/request-many.ts';
import { download, startFarEnd, upload } from './support/transfer.ts';

const mebibytes = 512;
const bytes = mebibytes * 1024 * 1024;
const rounds = 5;
const requestCounts = [500, 5000] as const;

interface Rates {
  readonly down: number[];
  readonly up: number[];
  readonly cpuDown: number[];
  readonly cpuUp: number[];
  /** By the number of requests at once. */
  readonly requests: Readonly<Record<(typeof requestCounts)[number], number[]>>;
}

async function measureOnce({ port, pid }: Side, rates: Rates): Promise<void> {
  const before = cpuSeconds(pid);
  rates.down.push(mebibytes / (await download(port, bytes)));
  const between = cpuSeconds(pid);
  rates.up.push(mebibytes / (await upload(port, bytes)));
  const after = cpuSeconds(pid);
  rates.cpuDown.push(((between - before) * 1024) / mebibytes);
  rates.cpuUp.push(((after - between) * 1024) / mebibytes);
  for (const count of requestCounts) {
    rates.requests[count].push(...(await requestMany(port, count)));
  }
}

const emptyRates = (): Rates => ({
  down: [],
  up: [],
  cpuDown: [],
  cpuUp: [],
  requests: { 500: [], 5000: [] },
});

export const bench: Bench = {
  name: 'tunnel',
  async run(): Promise<readonly Measurement[]> {
    const world = await startAppWithServers(1);
    const far = await startFarEnd();
    const ours = await openTunnel(world, far.port);
    const peer = await openPeerTunnel(world, far.port);
    for (const side of [ours, peer]) await measureOnce(side, emptyRates());
    const ourRates = emptyRates();
    const peerRates = emptyRates();
    for (let round = 0; round < rounds; round += 1) {
      await measureOnce(ours, ourRates);
      await measureOnce(peer, peerRates);
    }
    await peer.stop();
    await far.stop();
    await world.stop();

    const line = (
      name: string,
      unit: string,
      of: Exclude<keyof Rates, 'requests'>,
      budget: Parameters<typeof measure>[4],
    ) => measure(`tunnel: ${name}`, unit, median(ourRates[of]), median(peerRates[of]), budget);
    return [
      line('download', 'MiB/s', 'down', { ratioAtLeast: 1 }),
      line('upload', 'MiB/s', 'up', { ratioAtLeast: 1 }),
      line('processor time, download', 's/GiB', 'cpuDown', { ratioAtMost: 1 }),
      line('processor time, upload', 's/GiB', 'cpuUp', { ratioAtMost: 1 }),
      ...requestCounts.flatMap((count) =>
        [0.5, 0.99].map((share) =>
          measure(
            `tunnel: ${count} requests at once, p${share * 100}`,
            'ms',
            percentile(ourRates.requests[count], share),
            percentile(peerRates.requests[count], share),
            { ratioAtMost: 1 },
          ),
        ),
      ),
    ];
  },
};
