/** A cloud on a bad day: every job has a clear end, nothing is doubled, nothing is shown that is not so. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Gate, startGate } from '../support/gate.ts';
import { type LiveCore, startLiveCore } from '../support/live-core.ts';
import { type SandboxInProcess, startSandboxInProcess } from '../support/sandbox-in-process.ts';

let sandbox: SandboxInProcess;
let gate: Gate;
let live: LiveCore;
let account: string;

beforeEach(async () => {
  sandbox = await startSandboxInProcess();
  gate = await startGate(sandbox.api);
  live = await startLiveCore();
  await live.client.call('vault.setUp', { mode: 'memory' });
  const outcome = await live.client.call('accounts.connect', {
    cloud: 'glows',
    name: 'Behind a gate',
    input: { baseUrl: `${gate.url}/sdk/v1` },
    secrets: { token: sandbox.token },
  });
  account = outcome.kind === 'connected' ? outcome.account : '';
});

afterEach(async () => {
  await live.close();
  gate.stop();
  await sandbox.stop();
});

const refresh = () => live.client.call('accounts.refresh', { account });
const instances = async () => (await live.client.call('instances.list', {})).items;
const job = async (id: string) =>
  (await live.client.call('jobs.list', {})).items.find((one) => one.id === id);

async function takeSnapshot(id: string, name = 'before') {
  const outcome = await live.client.call('actions.run', {
    account,
    action: 'take-snapshot',
    instance: `${account}/${id}`,
    input: { name, release: false },
  });
  return outcome.kind === 'started' ? outcome.job : '';
}

const json = (body: unknown) => new Response(JSON.stringify(body));

describe('a snapshot', () => {
  it.each([
    ['a name the cloud refuses', { code: 10, msg: 'the name is taken' }],
    ['a quota that was filled meanwhile', { code: 164, msg: 'storage is full' }],
  ])('ends as failed, in the cloud’s own words: %s', async (_what, refusal) => {
    const { instanceID } = await sandbox.create();
    await refresh();
    gate.answer = ({ method, url }) =>
      method === 'POST' && url?.endsWith('/snapshot') ? json(refusal) : undefined;
    const id = await takeSnapshot(instanceID);
    await expect
      .poll(() => job(id))
      .toMatchObject({
        state: 'failed',
        failure: { rule: { id: 'glows-refused', params: { message: refusal.msg } } },
      });
    expect((await sandbox.instance(instanceID)).status).toBe('Running');
  });

  it('of an instance that went between click and call ends with a word', async () => {
    const { instanceID } = await sandbox.create();
    await refresh();
    await sandbox.api.done('DELETE', `/instance?request_id=${instanceID}`);
    await sandbox.pass(10 * 60_000);
    const id = await takeSnapshot(instanceID);
    await expect.poll(async () => (await job(id))?.state).toBe('failed');
    await refresh();
    expect((await instances()).find((one) => one.id === instanceID)?.state.kind).toBe('released');
  });

  it('is asked for once when its answer is lost', async () => {
    const { instanceID } = await sandbox.create();
    await refresh();
    let asked = 0;
    gate.answer = ({ method, url }) => {
      if (method !== 'POST' || !url?.endsWith('/snapshot')) return undefined;
      asked += 1;
      if (asked > 1) return undefined;
      void sandbox.api.call('POST', '/snapshot', { instance_id: instanceID, name: 'before' });
      return new Response('the answer got lost', { status: 502 });
    };
    const id = await takeSnapshot(instanceID);
    const look = async () => {
      const now = await job(id);
      if (!now?.endedAt) await sandbox.pass(60_000);
      return now;
    };
    await expect.poll(look, { interval: 400 }).toMatchObject({ endedAt: expect.any(String) });
    expect(await job(id)).toMatchObject({ state: 'done' });
    expect(asked).toBe(1);
  });
});

describe('the list', () => {
  const bad: readonly (readonly [string, () => Response, string])[] = [
    ['HTML', () => new Response('<html><b>hello'), 'network'],
    ['a truncated answer', () => new Response('{"code":0,"instances":[{"instanceID":'), 'network'],
    ['an answer of another shape', () => json({ code: 0, instances: 'many' }), 'network'],
    ['no code', () => json({ instances: [] }), 'network'],
    ['a bad token with status 200', () => json({ code: 176, msg: 'x' }), 'unauthenticated'],
    ['a code nobody knows', () => json({ code: 4711, msg: 'x' }), 'conflict'],
  ];
  it.each(bad)('stays as it was and says why: %s', async (_what, answer, code) => {
    await expect.poll(async () => (await instances()).length).toBeGreaterThan(5);
    const before = (await instances()).length;
    gate.answer = ({ url }) => (url?.includes('/instance/list') ? answer() : undefined);
    await refresh();
    const { items } = await live.client.call('accounts.list', {});
    expect(items.find(({ id }) => id === account)).toMatchObject({
      reading: 'failed',
      failure: { code },
    });
    expect(await instances()).toHaveLength(before);
  });

  it('leaves out nothing but what cannot be read of one instance', async () => {
    gate.answer = ({ url }) =>
      url?.includes('/instance/list')
        ? json({
            code: 0,
            msg: '',
            instances: [
              {
                instanceID: 'ins-a',
                status: 'Running',
                remark: '<script>\u202eevil',
                priceCent: 'x',
              },
              { instanceID: 'ins-b', status: '__proto__', accesses: [{ url: 'ssh://-x:22' }] },
            ],
          })
        : undefined;
    await refresh();
    expect(await instances()).toMatchObject([
      { id: 'ins-a', name: '<script>\u202eevil', state: { kind: 'running' } },
      { id: 'ins-b', state: { kind: 'unknown', word: '__proto__' } },
    ]);
  });
});
