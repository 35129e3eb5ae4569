/** Glows.ai's client and jobs in the real core, over real HTTP to a sandbox whose time the test owns. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActionOutcome } from '../../preload/contract/actions.ts';
import type { Job } from '../../preload/contract/jobs.ts';
import { startGate } from '../support/gate.ts';
import { type LiveCore, startLiveCore } from '../support/live-core.ts';
import { type SandboxInProcess, startSandboxInProcess } from '../support/sandbox-in-process.ts';

let sandbox: SandboxInProcess;
let live: LiveCore;
let account: string;

const minute = 60_000;

beforeEach(async () => {
  sandbox = await startSandboxInProcess();
  live = await startLiveCore();
  await live.client.call('vault.setUp', { mode: 'memory' });
  account = await connect(sandbox.token);
});

afterEach(async () => {
  await live.close();
  await sandbox.stop();
});

async function connect(token: string): Promise<string> {
  const outcome = await live.client.call('accounts.connect', {
    cloud: 'glows',
    name: 'Test account',
    input: { baseUrl: `${sandbox.url}/sdk/v1` },
    secrets: { token },
  });
  if (outcome.kind !== 'connected') throw new Error(outcome.kind);
  return outcome.account;
}

const instances = async () => (await live.client.call('instances.list', {})).items;
const jobs = async () => (await live.client.call('jobs.list', {})).items;
const refresh = () => live.client.call('accounts.refresh', { account });

async function run(action: string, input: unknown, id?: string): Promise<string> {
  const outcome: ActionOutcome = await live.client.call('actions.run', {
    account,
    action,
    ...(id && { instance: `${account}/${id}` }),
    input,
  });
  if (outcome.kind !== 'started') throw new Error(outcome.kind);
  return outcome.job;
}

/** Lets the sandbox's time pass until the job is at its end. */
async function end(id: string): Promise<Job> {
  const read = async () => (await jobs()).find((candidate) => candidate.id === id);
  const look = async () => {
    const job = await read();
    if (!job?.endedAt) await sandbox.pass(minute);
    return job;
  };
  await expect.poll(look, { interval: 300 }).toMatchObject({ endedAt: expect.any(String) });
  return (await read()) as Job;
}

describe('connecting an account', () => {
  it('says "not signed in" for a bad token, which the cloud answers with status 200, and keeps nothing', async () => {
    await expect(connect('wrong-token')).rejects.toMatchObject({
      code: 'unauthenticated',
      rule: { id: 'glows-not-signed-in' },
    });
    const { items } = await live.client.call('accounts.list', {});
    expect(items.map(({ cloud }) => cloud)).toEqual(['servers', 'glows']);
  });

  it('asks how secrets are kept before it keeps one', async () => {
    const fresh = await startLiveCore();
    const outcome = await fresh.client.call('accounts.connect', {
      cloud: 'glows',
      name: 'x',
      input: { baseUrl: `${sandbox.url}/sdk/v1` },
      secrets: { token: sandbox.token },
    });
    expect(outcome).toEqual({ kind: 'needs-vault' });
    await fresh.close();
  });

  it('forgets it on request, with its instances', async () => {
    await expect.poll(async () => (await instances()).length).toBeGreaterThan(10);
    await live.client.call('accounts.disconnect', { account });
    expect(await instances()).toEqual([]);
  });
});

describe('the list', () => {
  it('shows every instance with its own word, its billing and what may be done', async () => {
    await expect.poll(async () => (await instances()).length).toBeGreaterThan(10);
    const list = await instances();
    const running = list.filter(({ state }) => state.kind === 'running');
    const released = list.filter(({ state }) => state.kind === 'released');
    expect(running.length).toBeGreaterThan(5);
    expect(released.length).toBeGreaterThan(0);
    for (const instance of running) {
      expect(instance.state).toMatchObject({ word: 'Running', billed: 'full' });
      expect(instance.cost).toMatchObject({ estimate: false, perHour: { currency: 'credits' } });
      expect(instance.actions.filter(({ rule }) => rule)).toEqual([]);
    }
    for (const instance of released) {
      expect(instance.state.billed).toBe('none');
      expect(instance.actions.map(({ rule }) => rule?.id)).not.toContain(undefined);
    }
  });

  it('opens only Config and Hardware of a released one (A11)', async () => {
    await expect.poll(async () => (await instances()).length).toBeGreaterThan(10);
    const released = (await instances()).find(({ state }) => state.kind === 'released');
    const running = (await instances()).find(({ state }) => state.kind === 'running');
    const tabs = async (key = '') => (await live.client.call('instances.detail', { key })).tabs;
    expect(await tabs(released?.key)).toEqual(['config', 'hardware']);
    expect(await tabs(running?.key)).toEqual([
      'access',
      'monitor',
      'billing',
      'config',
      'hardware',
      'network-group',
    ]);
  });

  it('keeps what it knew and says why, when the cloud fails', async () => {
    await expect.poll(async () => (await instances()).length).toBeGreaterThan(10);
    await sandbox.api.control('faults', { malformed: 1 });
    await refresh();
    const { items } = await live.client.call('accounts.list', {});
    expect(items.find(({ id }) => id === account)).toMatchObject({
      reading: 'failed',
      failure: { code: 'network' },
    });
    expect((await instances()).length).toBeGreaterThan(10);
  });

  it('has no password in it; one comes out only when it is revealed', async () => {
    const created = await sandbox.create({ remark: 'secretive' });
    await refresh();
    const key = `${account}/${created.instanceID}`;
    const { password } = created.sshCred;
    const seen = [await instances(), await live.client.call('instances.detail', { key })];
    expect(JSON.stringify(seen)).not.toContain(password);
    expect(await live.client.call('instances.reveal', { key })).toEqual({ password });
  });
});

describe('a snapshot', () => {
  it('brings the instance back Running, with the snapshot among the saved ones', async () => {
    const { instanceID } = await sandbox.create();
    await refresh();
    const job = await end(
      await run('take-snapshot', { name: 'before-upgrade', release: false }, instanceID),
    );
    expect(job).toMatchObject({ state: 'done', stepCount: 2 });
    expect((await sandbox.instance(instanceID)).status).toBe('Running');
    const { snapshots, storage } = await live.client.call('snapshots.list', {});
    expect(snapshots.filter(({ name }) => name === 'before-upgrade')).toMatchObject([
      { account, status: { kind: 'available' } },
    ]);
    expect(storage[0]?.usedBytes).toBeGreaterThan(0);
  });

  it('with automatic release ends at Released', async () => {
    const { instanceID } = await sandbox.create();
    await refresh();
    const job = await end(
      await run('take-snapshot', { name: 'last-one', release: true }, instanceID),
    );
    expect(job.state).toBe('done');
    expect((await sandbox.instance(instanceID)).status).toBe('Released');
  });

  it('is refused while another job is at work on the instance', async () => {
    const { instanceID } = await sandbox.create();
    await refresh();
    await run('take-snapshot', { name: 'one', release: false }, instanceID);
    await expect(
      run('take-snapshot', { name: 'two', release: false }, instanceID),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  it('ends as failed with the cloud’s own words when the name is refused', async () => {
    const { instanceID } = await sandbox.create();
    await refresh();
    await expect(
      run('take-snapshot', { name: 'a\u0000b', release: false }, instanceID),
    ).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('release', () => {
  it('ends at Released, and does no harm to what is released already', async () => {
    const { instanceID } = await sandbox.create();
    await refresh();
    expect(await end(await run('release', {}, instanceID))).toMatchObject({ state: 'done' });
    expect((await sandbox.instance(instanceID)).status).toBe('Released');
    await refresh();
    await expect(run('release', {}, instanceID)).rejects.toMatchObject({
      code: 'conflict',
      rule: { id: 'glows-only-running' },
    });
  });
});

describe('the local lock', () => {
  it('bars release, and a snapshot that would release, until it is taken off', async () => {
    const { instanceID } = await sandbox.create();
    await refresh();
    const key = `${account}/${instanceID}`;
    await live.client.call('instances.setLock', { key, locked: true });
    const locked = (await instances()).find((instance) => instance.key === key);
    expect(locked).toMatchObject({ locked: true });
    expect(locked?.actions).toEqual([
      { id: 'take-snapshot' },
      { id: 'release', rule: { id: 'locked-here' } },
    ]);
    const refused = { code: 'conflict', rule: { id: 'locked-here' } };
    await expect(run('release', {}, instanceID)).rejects.toMatchObject(refused);
    const releasing = { name: 'x', release: true };
    await expect(run('take-snapshot', releasing, instanceID)).rejects.toMatchObject(refused);
    await live.client.call('instances.setLock', { key, locked: false });
    expect(await end(await run('release', {}, instanceID))).toMatchObject({ state: 'done' });
  });
});

describe('create', () => {
  const input = async () => {
    await refresh();
    const [image] = await live.client.call('catalogue.images', { account });
    const hardware = await live.client.call('catalogue.hardware', { account });
    const spec = hardware.find(({ kind, stock }) => kind === 'gpu' && (stock ?? 0) > 0);
    return {
      name: 'made-here',
      source: { kind: 'image', id: image?.id },
      hardware: { kind: 'gpu', name: spec?.name },
      region: spec?.region,
      units: 1,
    };
  };

  it('makes one instance and waits until it runs', async () => {
    const job = await end(await run('create-instance', await input()));
    expect(job).toMatchObject({ state: 'done', created: [expect.stringContaining(account)] });
    expect(await sandbox.byName('made-here')).toMatchObject({ status: 'Running' });
  });

  it('makes one and not two when the answer is lost', async () => {
    const wanted = await input();
    await sandbox.api.control('faults', { lostAnswer: 1, path: '/instance' });
    const id = await run('create-instance', wanted);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await sandbox.api.control('faults', {});
    expect(await end(id)).toMatchObject({ state: 'done' });
    await refresh();
    expect((await instances()).filter(({ name }) => name === 'made-here')).toHaveLength(1);
  });
});

describe('a token that is revoked while a job runs', () => {
  it('makes the job wait for a person, who goes on from the same step', async () => {
    let revoked = false;
    const gate = await startGate(sandbox.api);
    gate.answer = () => (revoked ? new Response('{"code":176,"msg":"token expired"}') : undefined);
    const { instanceID } = await sandbox.create();
    const outcome = await live.client.call('accounts.connect', {
      cloud: 'glows',
      name: 'Behind a gate',
      input: { baseUrl: `${gate.url}/sdk/v1` },
      secrets: { token: sandbox.token },
    });
    account = outcome.kind === 'connected' ? outcome.account : '';
    await refresh();
    const id = await run('take-snapshot', { name: 'long', release: false }, instanceID);
    const state = async () => (await jobs()).find((job) => job.id === id);
    await expect.poll(async () => (await state())?.step).toBe('wait-saved');
    revoked = true;
    await expect
      .poll(state)
      .toMatchObject({ state: 'needs-user', failure: { rule: { id: 'glows-not-signed-in' } } });
    revoked = false;
    await live.client.call('jobs.retry', { id });
    expect(await end(id)).toMatchObject({ state: 'done' });
    const { snapshots } = await live.client.call('snapshots.list', {});
    const saved = snapshots.filter((one) => one.account === account && one.name === 'long');
    expect(saved).toHaveLength(1);
    gate.stop();
  });
});
