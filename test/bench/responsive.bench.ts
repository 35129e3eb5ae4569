/** Whether SSH at full speed holds the core up: how long the page waits for an answer meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../renderer/client/client.ts';
import { startAppWithServers } from './support/app-with-servers.ts';
import { type Bench, measure, percentile } from './support/measurement.ts';
import { openTunnel } from './support/open-tunnel.ts';
import { download, startFarEnd } from './support/transfer.ts';

const bytes = 2 * 1024 * 1024 * 1024;
const everyMs = 10;
const idleQuestions = 200;

async function ask(client: Client): Promise<number> {
  const startedAt = performance.now();
  await client.call('settings.read', {});
  const tookMs = performance.now() - startedAt;
  await sleep(everyMs);
  return tookMs;
}

export const bench: Bench = {
  name: 'responsive',
  async run() {
    const world = await startAppWithServers(1);
    const far = await startFarEnd();
    const { port } = await openTunnel(world, far.port);
    const idle: number[] = [];
    for (let count = 0; count < idleQuestions; count += 1) idle.push(await ask(world.client));
    const busy: number[] = [];
    let over = false;
    const transfer = download(port, bytes).finally(() => {
      over = true;
    });
    while (!over) busy.push(await ask(world.client));
    await transfer;
    await far.stop();
    await world.stop();
    return [
      measure(
        'core: a call answered while a tunnel runs at full speed, p99 (peer: idle)',
        'ms',
        percentile(busy, 0.99),
        percentile(idle, 0.99),
        { atMost: 50 },
      ),
    ];
  },
};
