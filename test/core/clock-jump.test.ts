/** A wall clock that jumps: costs stay sensible, times stay times, and nothing stops. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LiveCore, startLiveCore } from '../support/live-core.ts';

const hourMs = 3_600_000;
const price = { currency: 'USD', minor: 200, decimals: 2 };
let now: number;
let live: LiveCore;
let instance: string;

beforeEach(async () => {
  now = Date.parse('2026-11-20T09:00:00Z');
  live = await startLiveCore({
    platform: { clock: { now: () => now, monotonic: () => performance.now() } },
  });
  instance = await live.addServer({ name: 'priced', port: 1, user: 'ada', price });
});
afterEach(() => live.close());

async function costs() {
  await live.client.call('accounts.refresh', { account: 'servers' });
  const { items } = await live.client.call('instances.list', {});
  const billing = await live.client.call('instances.billing', { key: instance });
  return { cost: items[0]?.cost, billing };
}

test('forward by three hours: three hours are estimated', async () => {
  now += 3 * hourMs;
  const { cost, billing } = await costs();
  expect(cost?.accrued).toEqual({ ...price, minor: 600 });
  expect(billing.map(({ amount }) => amount.minor)).toEqual([600]);
});

test('back by a day: nothing is negative, and time goes on', async () => {
  now -= 24 * hourMs;
  const back = await costs();
  expect(back.cost?.accrued?.minor ?? 0).toBeGreaterThanOrEqual(0);
  for (const line of back.billing) {
    expect(line.amount.minor).toBeGreaterThanOrEqual(0);
    expect(Date.parse(line.to)).toBeGreaterThanOrEqual(Date.parse(line.from));
  }
  now += 25 * hourMs;
  expect((await costs()).cost?.accrued).toEqual({ ...price, minor: 200 });
});

test('a price changed while the clock was back does not break the bill', async () => {
  now -= 2 * hourMs;
  const { items } = await live.client.call('instances.list', {});
  await live.client.call('actions.run', {
    account: 'servers',
    action: 'edit-server',
    instance,
    input: {
      name: 'priced',
      host: '127.0.0.1',
      port: 1,
      user: 'ada',
      tags: [],
      login: { kind: 'automatic' },
      price: { ...price, minor: 400 },
      forgetSecrets: false,
    },
  });
  now += 3 * hourMs;
  const { cost, billing } = await costs();
  expect(items).toHaveLength(1);
  expect(cost?.perHour?.minor).toBe(400);
  for (const { amount } of billing) expect(amount.minor).toBeGreaterThanOrEqual(0);
});

test('the year 2100 and the year 1970 are only times', async () => {
  for (const year of ['2100', '1970']) {
    now = Date.parse(`${year}-01-01T00:00:00Z`);
    await live.client.call('settings.change', { theme: 'dark' });
    const { cost } = await costs();
    expect(Number.isSafeInteger(cost?.accrued?.minor ?? 0)).toBe(true);
  }
});
