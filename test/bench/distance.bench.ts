/** A server far away, 100 ms there and back: what one stream through a tunnel reaches, and what several reach together. */
import { startAppWithServers } from './support/app-with-servers.ts';
import { type Bench, measure, median } from './support/measurement.ts';
import { openPeerTunnel, openTunnel } from './support/open-tunnel.ts';
import { download, startFarEnd } from './support/transfer.ts';

const oneWayMs = 50;
const mebibytes = 24;
const bytes = mebibytes * 1024 * 1024;
const streams = 6;
const rounds = 3;

/** @returns MiB/s of all streams together */
async function downloadTogether(port: number, count: number): Promise<number> {
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: count }, () => download(port, bytes)));
  return (count * mebibytes * 1000) / (performance.now() - startedAt);
}

export const bench: Bench = {
  name: 'distance',
  async run() {
    const world = await startAppWithServers(1, oneWayMs);
    const far = await startFarEnd();
    const ours = await openTunnel(world, far.port);
    const peer = await openPeerTunnel(world, far.port);
    const one: number[] = [];
    const several: number[] = [];
    const peerOne: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      one.push(await downloadTogether(ours.port, 1));
      peerOne.push(await downloadTogether(peer.port, 1));
      several.push(await downloadTogether(ours.port, streams));
    }
    await peer.stop();
    await far.stop();
    await world.stop();
    return [
      measure('100 ms away: one stream beside ssh -L', 'MiB/s', median(one), median(peerOne), {
        ratioAtLeast: 1,
      }),
      measure(
        `100 ms away: ${streams} streams beside one of ours`,
        'MiB/s',
        median(several),
        median(one),
        { ratioAtLeast: 4 },
      ),
    ];
  },
};
