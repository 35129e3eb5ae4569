/** The Glows API of the sandbox over real HTTP: every published call, its shapes and its refusals. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiInstance } from '../support/sandbox-api.ts';
import { type SandboxInProcess, startSandboxInProcess } from '../support/sandbox-in-process.ts';

let sandbox: SandboxInProcess;
beforeAll(async () => {
  sandbox = await startSandboxInProcess();
});
afterAll(() => sandbox.stop());

const codeOf = async (method: string, path: string, body?: unknown) =>
  (await sandbox.api.call(method, path, body)).code;

type Page = { readonly instances: readonly ApiInstance[]; readonly total: number };
const list = (query = '') => sandbox.api.done<Page>('GET', `/instance/list${query}`);

describe('the token', () => {
  test.each([
    ['none', ''],
    ['another', 'Bearer sandbox-other'],
    ['another scheme', 'Basic abc'],
    ['right but for its end', 'Bearer '],
  ])('%s is answered with HTTP 200 and code 176', async (_what, authorization) => {
    for (const path of ['/instance/list', '/capabilities', '/nowhere']) {
      const response = await fetch(`${sandbox.url}/sdk/v1${path}`, { headers: { authorization } });
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ code: 176, msg: expect.stringContaining('token') });
    }
  });

  test('in the query is not looked at', async () => {
    const response = await fetch(
      `${sandbox.url}/sdk/v1/instance/list?Authorization=Bearer%20${sandbox.token}`,
    );
    expect(await response.json()).toMatchObject({ code: 176 });
  });
});

test('every answer says that it comes from a sandbox', async () => {
  const response = await sandbox.api.raw('GET', '/sdk/v1/capabilities');
  expect(response.headers.get('server')).toBe('pilothouse-sandbox');
});

test('a foreign name that leads here is refused, so that no page can read along', async () => {
  const { request } = await import('node:http');
  const status = await new Promise((resolve) => {
    request(`${sandbox.url}/sdk/v1/capabilities`, { headers: { host: 'evil.example' } }, (answer) =>
      resolve(answer.statusCode),
    ).end();
  });
  expect(status).toBe(421);
});

describe('the fleet it starts with', () => {
  test('has instances in every kind of state, of several machines and regions', async () => {
    const { instances, total } = await list('?per_page=100');
    expect(instances).toHaveLength(total);
    const count = (status: string) => instances.filter((one) => one.status === status).length;
    expect(count('Running')).toBe(12);
    expect(count('Suspending')).toBe(1);
    expect(count('Released')).toBe(4);
    expect(count('SchedQueued')).toBe(1);
    expect(new Set(instances.map(({ regionName }) => regionName)).size).toBe(4);
    expect(instances.map(({ remark }) => remark)).toContain('語音辨識-batch');
    const saving = instances.find(({ status }) => status === 'Suspending');
    expect(saving?.snapshotProgress).toBeGreaterThan(30);
  });

  test('can be entered where it runs, and nowhere else', async () => {
    const { instances } = await list('?per_page=100');
    for (const { status, accesses } of instances) {
      const [ssh] = accesses;
      if (status === 'Running') expect(ssh?.url).toMatch(/^ssh:\/\/127\.0\.0\.1:\d+$/);
      if (['Released', 'SchedQueued'].includes(status)) expect(ssh?.url).toBe('');
    }
  });
});

describe('GET /instance/list', () => {
  test('pages through all, newest first, nothing twice and nothing left out', async () => {
    const { total } = await list();
    const pages = await Promise.all([1, 2, 3, 4].map((page) => list(`?page=${page}&per_page=5`)));
    const ids = pages.flatMap(({ instances }) => instances.map(({ instanceID }) => instanceID));
    expect(new Set(ids).size).toBe(total);
    expect((await list('?page=99')).instances).toEqual([]);
  });

  test.each(['?page=0', '?per_page=0', '?per_page=1001', '?page=x'])(
    '%s is refused',
    async (query) => {
      expect(await codeOf('GET', `/instance/list${query}`)).toBe(10);
    },
  );
});

describe('POST /instance', () => {
  const body = {
    from_image_id: 'img-pytorch26',
    gpu_name: 'NVIDIA GeForce RTX 4090',
    region_name: 'TW-03',
    custom_meta_key: 'key-1',
    remark: '訓練 1',
    envs: 'FOO=bar;TIK=tok=tak',
    ports: '[{"port":7860,"protocol":2},{"port":5432,"protocol":1}]',
    unit_qty: 2,
  };

  test('makes one instance of one key, queued, then creating, then running', async () => {
    const first = await sandbox.api.done<{ instance: ApiInstance }>('POST', '/instance', body);
    expect(first.instance).toMatchObject({
      category: 'container',
      status: 'SchedQueued',
      priceCent: 130,
      remark: '訓練 1',
      metaKey: 'key-1',
      regionName: 'TW-03',
      envs: 'FOO=bar;TIK=tok=tak',
      baseImage: { imageID: 'img-pytorch26' },
      baseSnap: null,
      hardware: { gpuNum: 2, gpuName: 'NVIDIA GeForce RTX 4090' },
      sshCred: { user: 'root', password: expect.stringMatching(/^\S{12,}$/) },
      hostKeys: [expect.stringMatching(/^ssh-ed25519 AAAA\S+$/)],
      createTime: { seconds: expect.any(Number) },
      accruedMilli: 0,
      datadrive: null,
    });
    expect(first.instance.accesses.map(({ url }) => url)).toEqual(['', '', '', '']);

    const again = await Promise.all(
      [1, 2, 3].map(() =>
        sandbox.api.done<{ instance: ApiInstance }>('POST', '/instance', { ...body, unit_qty: 1 }),
      ),
    );
    for (const { instance } of again) {
      expect(instance.instanceID).toBe(first.instance.instanceID);
    }

    await sandbox.pass(3000);
    const byKey = () =>
      sandbox.api.done<{ instance: ApiInstance }>('GET', '/instance?meta_key=key-1');
    expect((await byKey()).instance.status).toBe('Creating');
    await sandbox.pass(9000);
    const { instance } = await byKey();
    expect(instance.status).toBe('Running');
    expect(instance.accesses.map(({ protocol, listenPort }) => [protocol, listenPort])).toEqual([
      ['ssh', 22],
      ['http', 8888],
      ['http', 7860],
      ['ssh', 5432],
    ]);
    for (const { url } of instance.accesses)
      expect(url).toMatch(/^(ssh|http|tcp):\/\/127.0.0.1:\d+$/);
    expect(sandbox.standIn(instance.instanceID).options).toMatchObject({
      environment: { FOO: 'bar', TIK: 'tok=tak' },
      gpus: [{ memoryMb: 24_564 }, {}],
      cpus: 32,
    });
  });

  test.each<[string, object]>([
    ['no key', { custom_meta_key: undefined }],
    ['a key too long', { custom_meta_key: 'k'.repeat(65) }],
    ['a key with a control character', { custom_meta_key: 'a\u0000' }],
    ['neither image nor snapshot', { from_image_id: undefined }],
    ['both', { from_snap_id: 'snap-x' }],
    ['no machine', { gpu_name: undefined }],
    ['an unknown machine', { gpu_name: 'GeForce 256' }],
    ['an unknown region', { region_name: 'TW-99' }],
    ['no region', { region_name: undefined }],
    ['an unknown image', { from_image_id: 'img-none' }],
    ['a name too long', { remark: 'x'.repeat(65) }],
    ['a name of control characters', { remark: 'a\u001bb' }],
    ['a wrong type', { remark: { $gt: '' } }],
    ['ports that are no JSON', { ports: '[' }],
    ['ports out of range', { ports: '[{"port":70000,"protocol":1}]' }],
    ['ports of an unknown protocol', { ports: '[{"port":80,"protocol":3}]' }],
    ['variables that are none', { envs: 'nonsense' }],
    ['half a unit', { unit_qty: 0.5 }],
    ['too many units', { unit_qty: 9 }],
    ['a public address', { public_ip_id: 'net-1' }],
    ['a command for a virtual machine', { cmd: 'sh', instance_category: 'vm' }],
    ['an unknown drive', { datadrive: { drive_id: 'drv-none' } }],
  ])('with %s is refused with a sentence, and makes nothing', async (_what, change) => {
    const before = (await list()).total;
    const answer = await sandbox.api.call('POST', '/instance', {
      ...{ ...body, custom_meta_key: 'key-bad' },
      ...change,
    });
    expect(answer).toMatchObject({ code: 10, msg: expect.stringMatching(/^.{5,}\.$/) });
    expect((await list()).total).toBe(before);
  });

  test.each(['', '{', '[]', 'null', '"x"'])('with the body %j is refused', async (text) => {
    expect(await codeOf('POST', '/instance', text)).toBe(10);
  });

  test('out of stock is a code of its own', async () => {
    const scarce = { gpu_name: 'NVIDIA H100 80GB HBM3', region_name: 'TW-04', unit_qty: 3 };
    expect(await codeOf('POST', '/instance', { ...body, ...scarce, custom_meta_key: 'h' })).toBe(
      114,
    );
  });
});

describe('DELETE /instance', () => {
  test('releases by id or key, refuses the second time, and the address is gone', async () => {
    const made = await sandbox.create({ custom_meta_key: 'key-gone' });
    expect(made.status).toBe('Running');
    expect(await codeOf('DELETE', '/instance?meta_key=key-gone')).toBe(0);
    expect((await sandbox.instance(made.instanceID)).status).toBe('Releasing');
    expect(sandbox.hasStandIn(made.instanceID)).toBe(false);
    expect(await codeOf('DELETE', `/instance?request_id=${made.instanceID}`)).toBe(17);
    await sandbox.pass(5000);
    const released = await sandbox.instance(made.instanceID);
    expect(released).toMatchObject({ status: 'Released', accesses: [{ url: '' }, { url: '' }] });
  });

  test('of what there is none, or without saying which', async () => {
    expect(await codeOf('DELETE', '/instance?request_id=ins-none')).toBe(10);
    expect(await codeOf('DELETE', '/instance')).toBe(10);
    expect(await codeOf('GET', '/instance?meta_key=none')).toBe(10);
  });
});

describe('GET /spec/list', () => {
  type Specs = { specs: readonly Record<string, unknown>[] };

  test('has machines with price and stock, by category, region and image', async () => {
    const { specs } = await sandbox.api.done<Specs>('GET', '/spec/list?machine_category=0');
    expect(specs[0]).toEqual({
      gpuName: 'NVIDIA GeForce RTX 4090',
      cpuName: expect.any(String),
      machineCategory: 0,
      regionName: 'TW-02',
      gpuNum: 1,
      gpuRamMB: 24_564,
      cpuCoresNum: 16,
      ramMB: 65_536,
      diskGB: 200,
      priceCent: 65,
      availUnits: expect.any(Number),
      maxUnits: 8,
    });
    const inRegion = await sandbox.api.done<Specs>(
      ...(['GET', '/spec/list?machine_category=1&region_name=TW-01'] as const),
    );
    expect(inRegion.specs.map(({ gpuName, regionName }) => [gpuName, regionName])).toEqual([
      ['', 'TW-01'],
    ]);
    const forImage = await sandbox.api.done<Specs>('GET', '/spec/list?from_image_id=img-cuda124');
    expect(forImage.specs.every(({ gpuNum }) => gpuNum === 1)).toBe(true);
    expect(await codeOf('GET', '/spec/list?from_image_id=img-none')).toBe(10);
  });
});

test('what there is no route for is refused', async () => {
  expect(await codeOf('GET', '/nowhere')).toBe(10);
  expect(await codeOf('PUT', '/instance')).toBe(10);
});

test('a request larger than any sensible one is refused', async () => {
  const response = await sandbox.api.raw('POST', '/sdk/v1/instance', 'x'.repeat(300_000));
  expect(response.status).toBe(413);
});
