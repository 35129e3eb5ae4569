/** Tunnels that are told everything at once, in any order, while their line comes and goes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fc } from '../support/properties.ts';
import { startTortureRig, type TortureRig } from '../support/torture-rig.ts';

let rig: TortureRig;

beforeAll(async () => {
  rig = await startTortureRig({ config: ['MaxStartups 200:30:300'] });
});

afterAll(() => rig.stop());

const list = async () => (await rig.live.client.call('tunnels.list', {})).items;

/** Some of these are refused at such a moment; they may be, but nothing may be left behind. */
const orders = {
  start: (id: string) => rig.live.client.call('tunnels.start', { id }),
  stop: (id: string) => rig.live.client.call('tunnels.stop', { id }),
  remove: (id: string) => rig.live.client.call('tunnels.remove', { id }),
  rename: (id: string) => rig.live.client.call('tunnels.change', { id, name: 'again' }),
  open: () =>
    rig.live.client.call('tunnels.open', { instance: rig.instance, remotePort: rig.webPort }),
  reconnectAll: () => rig.live.client.call('tunnels.reconnectAll', {}),
  ask: async (id: string) => {
    const tunnel = (await list()).find((other) => other.id === id);
    if (tunnel) await rig.ask(tunnel.localPort, 300);
  },
  cut: async () => rig.proxy.cut(),
  sleep: async () => rig.live.resume(),
  network: async () => rig.live.changeNetwork(),
} as const;

const order = fc.record({
  name: fc.constantFrom(
    ...(Object.keys(orders) as (keyof typeof orders)[]),
    'open',
    'start',
    'start',
    'stop',
  ),
  which: fc.nat(3),
  afterMs: fc.constantFrom(0, 0, 0, 1, 5, 30),
});

it('each is what it says in the end, and nothing is left of those that are gone', async () => {
  const before = await rig.held();
  await fc.assert(
    fc.asyncProperty(fc.array(order, { minLength: 20, maxLength: 60 }), async (told) => {
      const given: Promise<unknown>[] = [];
      for (const { name, which, afterMs } of told) {
        const tunnels = await list();
        const { id } = tunnels[which % Math.max(tunnels.length, 1)] ?? { id: 'none' };
        given.push(orders[name](id).catch(() => {}));
        await sleep(afterMs);
      }
      await Promise.all(given);
      rig.live.changeNetwork();
      await rig.live.client.call('tunnels.reconnectAll', {});
      for (const { id, state } of await list()) {
        if (state !== 'stopped') await rig.reaches(id, 'up');
        const { localPort } = await rig.see(id);
        const answer = rig.ask(localPort);
        if (state === 'stopped') await expect(answer).rejects.toThrow('fetch failed');
        else expect(await answer).toBe('got /x');
      }
      await Promise.all((await list()).map(({ id }) => orders.remove(id)));
      expect(await list()).toEqual([]);
      await expect.poll(async () => (await rig.held()).listeners).toBe(before.listeners);
    }),
    { numRuns: 15, endOnFailure: true },
  );
}, 240_000);
