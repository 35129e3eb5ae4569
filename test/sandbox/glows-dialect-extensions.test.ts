/** What the sandbox adds to the Glows API: ports, groups, metrics, money, storage, images, levers. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SandboxInProcess, startSandboxInProcess } from '../support/sandbox-in-process.ts';

let sandbox: SandboxInProcess;
beforeAll(async () => {
  sandbox = await startSandboxInProcess();
});
afterAll(() => sandbox.stop());

const call = (method: string, path: string, body?: unknown) => sandbox.api.call(method, path, body);

test('announces what it adds', async () => {
  expect(await call('GET', '/capabilities')).toEqual({
    code: 0,
    msg: '',
    capabilities: [
      ...['ports', 'metrics', 'billing', 'storage', 'mesh', 'images', 'stock', 'snapshots'],
      ...['datadrive', 'host-keys', 'auto-release', 'rename'],
    ],
  });
});

describe('forwarded ports', () => {
  interface Port {
    readonly id: string;
    readonly port: number;
    readonly servicePort: number;
    readonly url: string;
  }
  const ports = async (id: string) =>
    (await sandbox.api.done<{ ports: readonly Port[] }>('GET', `/ext/ports?instance_id=${id}`))
      .ports;
  const add = (id: string, port: number, protocol: number) =>
    call('POST', '/ext/ports', { instance_id: id, port, protocol });

  test('begin with SSH, which stays, and the notebook, which need not', async () => {
    const { instanceID } = await sandbox.byName('ci-runner-a');
    expect(await ports(instanceID)).toMatchObject([
      { port: 22, protocol: 1, editable: false, url: expect.stringMatching(/^ssh:/) },
      { port: 8888, protocol: 2, editable: true, url: expect.stringMatching(/^http:/) },
    ]);
  });

  test('added ones lead somewhere at once, and nowhere once removed', async () => {
    const { instanceID } = await sandbox.byName('llm-eval');
    const added = (await add(instanceID, 7860, 2)) as { code: number; port: Port };
    expect(added.code).toBe(0);
    const { url, servicePort, id } = added.port;
    expect(url).toBe(`http://127.0.0.1:${servicePort}`);
    const answer = await fetch(url);
    expect(answer.status).toBe(502);
    expect(await answer.text()).toContain('Nothing listens on port 7860');
    expect((await ports(instanceID)).at(-1)).toEqual(added.port);
    expect(await add(instanceID, 7860, 1)).toMatchObject({ code: 10 });

    const edit = { instance_id: instanceID, id, port: 7861, protocol: 2 };
    expect(await call('PUT', '/ext/ports', edit)).toMatchObject({ code: 0, port: { port: 7861 } });
    expect(await (await fetch((await ports(instanceID)).at(-1)?.url ?? '')).text()).toContain(
      '7861',
    );

    expect(await call('DELETE', `/ext/ports?instance_id=${instanceID}&id=${id}`)).toMatchObject({
      code: 0,
    });
    const refused = await new Promise((resolve) => {
      connect(servicePort, '127.0.0.1')
        .on('error', () => resolve(true))
        .on('connect', () => resolve(false));
    });
    expect(refused).toBe(true);
  });

  test.each<[string, object]>([
    ['port 0', { port: 0 }],
    ['port 65536', { port: 65_536 }],
    ['a word', { port: 'http' }],
    ['an unknown protocol', { protocol: 3 }],
    ['an unknown instance', { instance_id: 'ins-none' }],
  ])('%s is refused', async (_what, change) => {
    const { instanceID } = await sandbox.byName('ci-runner-a');
    const body = { instance_id: instanceID, port: 1234, protocol: 1, ...change };
    expect(await call('POST', '/ext/ports', body)).toMatchObject({ code: 10 });
  });
});

describe('network groups', () => {
  test('are made, joined and left, with private addresses', async () => {
    const made = await sandbox.api.done<{ group: { id: string } }>(
      ...(['POST', '/ext/mesh', { name: '訓練叢集' }] as const),
    );
    const one = await sandbox.byName('sdxl-train-03');
    const join = { group_id: made.group.id, instance_id: one.instanceID };
    expect(await call('POST', '/ext/mesh/join', join)).toMatchObject({
      group: {
        name: '訓練叢集',
        capacity: 5,
        members: [
          {
            instanceID: one.instanceID,
            name: 'sdxl-train-03',
            ip: '10.77.2.2',
            bandwidthMbps: 100,
            status: 'Running',
          },
        ],
      },
    });
    const { instanceID } = await sandbox.byName('sdxl-train-01');
    expect(
      await call('POST', '/ext/mesh/join', { ...join, instance_id: instanceID }),
    ).toMatchObject({ code: 17 });
    expect(await call('POST', '/ext/mesh/leave', join)).toMatchObject({ group: { members: [] } });
    expect(await call('POST', '/ext/mesh/leave', join)).toMatchObject({ code: 10 });
  });

  test('the seeded one has its members', async () => {
    const { groups } = await sandbox.api.done<{ groups: { name: string; members: object[] }[] }>(
      ...(['GET', '/ext/mesh'] as const),
    );
    expect(groups[0]).toMatchObject({ name: 'rag-cluster', members: [{}, {}] });
  });
});

describe('metrics', () => {
  interface Sample {
    readonly at: number;
    readonly cpu: number;
    readonly memUsedMB: number;
    readonly memTotalMB: number;
    readonly gpus: readonly { name: string; util: number; memUsedMB: number; memTotalMB: number }[];
  }
  const now = Date.UTC(2026, 10, 20, 10);
  const history = (id: string, from: number, to: number, step: number) =>
    sandbox.api.done<{ stepMs: number; samples: readonly Sample[] }>(
      ...(['GET', `/ext/metrics?instance_id=${id}&from=${from}&to=${to}&step=${step}`] as const),
    );

  test('show an hour of work, the same each time, within its bounds', async () => {
    const { instanceID } = await sandbox.byName('llm-eval');
    const { stepMs, samples } = await history(instanceID, now - 3_600_000, now, 60_000);
    expect(stepMs).toBe(60_000);
    expect(samples).toHaveLength(61);
    for (const { cpu, memUsedMB, memTotalMB, gpus } of samples) {
      expect(cpu).toBeGreaterThanOrEqual(0);
      expect(cpu).toBeLessThanOrEqual(1);
      expect(memUsedMB).toBeLessThanOrEqual(memTotalMB);
      expect(gpus).toHaveLength(2);
      for (const gpu of gpus) expect(gpu.memUsedMB).toBeLessThanOrEqual(gpu.memTotalMB);
    }
    expect(new Set(samples.map(({ cpu }) => cpu)).size).toBeGreaterThan(10);
    expect(await history(instanceID, now - 3_600_000, now, 60_000)).toMatchObject({ samples });
  });

  test('leave a gap while it does not run', async () => {
    const { instanceID } = await sandbox.byName('sdxl-train-01');
    expect((await history(instanceID, now - 3_600_000, now, 60_000)).samples).toEqual([]);
    const all = await history(instanceID, now - 615 * 3_600_000, now, 3_600_000);
    expect(all.samples.length).toBeGreaterThan(110);
    expect(all.samples.length).toBeLessThan(120);
  });

  test('never answer more than they can, nor of the future', async () => {
    const { instanceID } = await sandbox.byName('llm-eval');
    const { stepMs, samples } = await history(instanceID, 0, 4e15, 1);
    expect(samples.length).toBeLessThanOrEqual(601);
    expect(stepMs).toBeGreaterThan(1000);
    expect((await history(instanceID, now + 9e6, now + 1e7, 1000)).samples).toEqual([]);
    expect(await call('GET', `/ext/metrics?instance_id=${instanceID}&from=x&to=1`)).toMatchObject({
      code: 10,
    });
  });
});

describe('billing', () => {
  interface Line {
    readonly kind: string;
    readonly from: number;
    readonly to: number | null;
    readonly amountMilli: number;
    readonly priceCent: number;
  }
  test('has a month of lines and the opening balance', async () => {
    const { balanceMilli, lines } = await sandbox.api.done<{
      balanceMilli: number;
      lines: readonly Line[];
    }>('GET', '/ext/billing');
    expect(balanceMilli).toBe(12_408_350);
    expect(lines.filter(({ kind }) => kind === 'storage')).toHaveLength(30);
    const compute = lines.filter(({ kind }) => kind === 'compute');
    expect(compute).toHaveLength(17);
    for (const { amountMilli, priceCent, from, to } of compute) {
      expect(Number.isInteger(amountMilli)).toBe(true);
      const end = to ?? Date.UTC(2026, 10, 20, 10);
      expect(amountMilli).toBe(Math.floor((priceCent * Math.floor((end - from) / 1000)) / 360));
    }
    expect(await call('GET', '/ext/billing?instance_id=ins-none')).toMatchObject({ code: 10 });
  });
});

test('storage lists what uses the quota, and nothing else', async () => {
  const { quotaMB, usedMB, expiresAt, items } = await sandbox.api.done<{
    quotaMB: number;
    usedMB: number;
    expiresAt: number;
    items: readonly { kind: string; sizeMB: number; name: string }[];
  }>('GET', '/ext/storage');
  expect(quotaMB).toBe(51_200);
  expect(items.reduce((sum, { sizeMB }) => sum + sizeMB, 0)).toBe(usedMB);
  expect(items.filter(({ kind }) => kind === 'datadrive')).toHaveLength(4);
  expect(items.map(({ name }) => name)).not.toContain('whisper-large-v3');
  expect(expiresAt).toBeGreaterThan(Date.UTC(2026, 10, 20, 10));
});

test('snapshots are there in both lists, and one is being saved', async () => {
  const { snapshots } = await sandbox.api.done<{
    snapshots: readonly { status: string; name: string; expiresAt?: number }[];
  }>('GET', '/ext/snapshot/list');
  expect(snapshots.map(({ status }) => status).sort()).toEqual([
    ...['Available', 'Available', 'Restorable', 'Saving'],
  ]);
  for (const { status, expiresAt } of snapshots) {
    expect(expiresAt !== undefined).toBe(status === 'Restorable');
  }
});

test('images say what they are for', async () => {
  const { images } = await sandbox.api.done<{ images: readonly object[] }>('GET', '/ext/images');
  expect(images[0]).toEqual({
    imageID: 'img-pytorch26',
    imageName: expect.any(String),
    description: expect.stringContaining('Simulated'),
    sizeMB: 7420,
    category: 'GPU',
  });
});

test('an instance is renamed while it lives', async () => {
  const { instanceID } = await sandbox.byName('comfy-demo');
  const rename = (id: string, remark: string) =>
    call('PATCH', '/ext/instance', { instance_id: id, remark });
  expect(await rename(instanceID, '展示')).toMatchObject({ instance: { remark: '展示' } });
  expect(await rename(instanceID, 'a\u0000')).toMatchObject({ code: 10 });
  const gone = await sandbox.byName('hackathon-demo');
  expect(await rename(gone.instanceID, 'x')).toMatchObject({ code: 17 });
});

test('the levers ask for the token too', async () => {
  const response = await fetch(`${sandbox.url}/sandbox/credit`, { method: 'POST', body: '{}' });
  expect(response.status).toBe(401);
  await expect(sandbox.api.control('faults', { reset: 2 })).rejects.toThrow('faults');
  await expect(sandbox.api.control('clock', { rate: 0 })).rejects.toThrow('clock');
});
