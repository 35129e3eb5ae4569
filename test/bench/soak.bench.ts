/** Ten minutes with fifty monitored instances: what the product takes while nobody does anything. By name only. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from '../support/child.ts';
import { startAppWithServers } from './support/app-with-servers.ts';
import { cpuSeconds } from './support/cpu-time.ts';
import { type Bench, measure } from './support/measurement.ts';
import { residentMebibytes } from './support/resident-memory.ts';

const instances = 50;
const settleMs = 60_000;
const soakMs = 600_000;

export const bench: Bench = {
  name: 'soak',
  async run() {
    const world = await startAppWithServers(instances);
    for (const instance of world.instances) {
      world.client.call('metrics.watch', { instance }).catch(() => {});
    }
    const bare = startChild(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await sleep(settleMs);
    const look = (pid: number) => ({ cpu: cpuSeconds(pid), memory: residentMebibytes(pid) });
    const before = { ours: look(world.app.pid), peer: look(bare.pid) };
    await sleep(soakMs);
    const after = { ours: look(world.app.pid), peer: look(bare.pid) };
    await bare.stop();
    await world.stop();

    const percent = (side: 'ours' | 'peer') =>
      ((after[side].cpu - before[side].cpu) / (soakMs / 1000)) * 100;
    const growth = (side: 'ours' | 'peer') => after[side].memory - before[side].memory;
    return [
      measure(
        `soak: ${instances} instances monitored`,
        '% of a core',
        percent('ours'),
        percent('peer'),
        {
          atMost: 3,
        },
      ),
      measure('soak: memory gained', 'MiB', growth('ours'), growth('peer'), { atMost: 10 }),
    ];
  },
};
