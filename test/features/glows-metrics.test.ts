/** Metrics of a cloud whose clock is days away from ours: asked in its time, told in ours. */
import { expect, it, onTestFinished } from 'vitest';
import { startLiveCore } from '../support/live-core.ts';
import { startSandboxInProcess } from '../support/sandbox-in-process.ts';

const minuteMs = 60_000;
const daysMs = 3 * 24 * 60 * minuteMs;

it('tells what an instance made by the cloud’s clock did until now', async () => {
  const sandbox = await startSandboxInProcess();
  onTestFinished(() => sandbox.stop());
  const live = await startLiveCore();
  onTestFinished(() => live.close());
  await live.client.call('vault.setUp', { mode: 'memory' });
  const outcome = await live.client.call('accounts.connect', {
    cloud: 'glows',
    name: 'In another time',
    input: { baseUrl: `${sandbox.url}/sdk/v1` },
    secrets: { token: sandbox.token },
  });
  if (outcome.kind !== 'connected') throw new Error(outcome.kind);
  const { account } = outcome;
  await sandbox.pass(daysMs);
  const { instanceID } = await sandbox.create();
  await sandbox.pass(10 * minuteMs);
  await live.client.call('accounts.refresh', { account });

  const instance = `${account}/${instanceID}`;
  const { samples } = await live.client.call('metrics.history', { instance, range: '15m' });
  const agesMs = samples.map(({ at }) => Date.now() - Date.parse(at));
  expect(agesMs.length).toBeGreaterThan(10);
  expect(Math.min(...agesMs)).toBeGreaterThanOrEqual(0);
  expect(Math.min(...agesMs)).toBeLessThan(2 * minuteMs);
  // It has run for little more than ten minutes.
  expect(Math.max(...agesMs)).toBeLessThan(12 * minuteMs);
});
