/** The built sandbox with real guests: what is written over SSH is what a snapshot has, and an instance made from it. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SandboxProcess, startSandbox } from '../support/sandbox.ts';
import type { ApiInstance } from '../support/sandbox-api.ts';
import { createTempDir } from '../support/temp-dir.ts';

const directory = createTempDir('sandbox-guests');
let sandbox: SandboxProcess;
beforeAll(async () => {
  sandbox = await startSandbox({ dataDir: directory.path });
});
afterAll(async () => {
  await sandbox.stop();
  directory.remove();
});

/** Enters with the published password, and only past the published host key. */
async function enter({ accesses, sshCred, hostKeys }: ApiInstance) {
  const { hostname, port } = new URL(accesses[0]?.url ?? '');
  const client = new ssh2.Client();
  client.connect({
    ...{ host: hostname, port: Number(port), username: sshCred.user, password: sshCred.password },
    hostVerifier: (key: Buffer) => hostKeys.includes(`ssh-ed25519 ${key.toString('base64')}`),
  });
  await once(client, 'ready');
  return client;
}

async function run(instance: ApiInstance, command: string): Promise<string> {
  const client = await enter(instance);
  try {
    return await new Promise((resolve, reject) => {
      client.exec(command, (error, channel) => {
        if (error) return reject(error);
        let output = '';
        channel.on('data', (bytes: Buffer) => {
          output += bytes;
        });
        channel.stderr.on('data', (bytes: Buffer) => {
          output += bytes;
        });
        channel.on('close', () => resolve(output.trim()));
      });
    });
  } finally {
    client.end();
  }
}

const read = async (id: string) =>
  (await sandbox.api.done<{ instance: ApiInstance }>('GET', `/instance?request_id=${id}`)).instance;

async function create(body: object): Promise<ApiInstance> {
  const { instance } = await sandbox.api.done<{ instance: ApiInstance }>('POST', '/instance', {
    gpu_name: 'NVIDIA GeForce RTX 4090',
    region_name: 'TW-03',
    custom_meta_key: `key-${Math.random()}`,
    ...body,
  });
  await sandbox.api.control('clock', { advanceMs: 60_000 });
  await expect.poll(async () => (await read(instance.instanceID)).status).toBe('Running');
  await expect.poll(async () => (await read(instance.instanceID)).accesses[0]?.url).not.toBe('');
  return read(instance.instanceID);
}

async function snapshot(id: string, autoRelease: boolean): Promise<string> {
  const body = { instance_id: id, name: 'with files', auto_release: autoRelease };
  const { snapID } = await sandbox.api.done<{ snapID: string }>('POST', '/snapshot', body);
  return snapID;
}

const drives = async () =>
  (
    await sandbox.api.done<{ drives: { id: string; regionName: string }[] }>(
      ...(['GET', '/ext/datadrives'] as const),
    )
  ).drives;

describe('files', () => {
  test('go through a snapshot into the instance and a new one, and /datadrive stays out', async () => {
    const drive = (await drives()).find(({ regionName }) => regionName === 'TW-03');
    const mount = { datadrive: { drive_id: drive?.id, read_only: false } };
    const made = await create({ from_image_id: 'img-pytorch26', ...mount });
    await run(
      made,
      'mkdir -p /opt/lab && echo 模型 > /opt/lab/model.txt && echo big > /datadrive/w.bin',
    );
    const snapID = await snapshot(made.instanceID, false);
    expect((await read(made.instanceID)).status).toBe('Suspending');
    await expect(enter(made)).rejects.toThrow(/ECONNREFUSED|closed|reset/i);

    await sandbox.api.control('clock', { advanceMs: 60_000 });
    await expect
      .poll(() =>
        enter(made)
          .then((client) => client.end())
          .then(
            () => 'in',
            () => 'out',
          ),
      )
      .toBe('in');
    const back = await read(made.instanceID);
    expect(back.accesses).toEqual(made.accesses);
    expect(await run(back, 'cat /opt/lab/model.txt /datadrive/w.bin')).toBe('模型\nbig');

    const bare = await create({ from_snap_id: snapID });
    expect(bare.accesses[0]?.url).not.toBe(made.accesses[0]?.url);
    expect(await run(bare, 'cat /opt/lab/model.txt; ls -d /datadrive')).toMatch(
      /^模型\n.*(cannot access|No such file)/,
    );
    const mounted = await create({ from_snap_id: snapID, ...mount });
    expect(await run(mounted, 'cat /opt/lab/model.txt /datadrive/w.bin')).toBe('模型\nbig');
  });

  test('are there after the sandbox was killed, once they were stored', async () => {
    const made = await create({ from_image_id: 'img-cuda124' });
    // Long enough to stand whole on some page of the database.
    await run(made, 'yes kept for good | head -n 1000 > /root/kept.txt');
    // By itself, soon after; a busy machine takes its time.
    const stored = () =>
      ['sandbox.db', 'sandbox.db-wal'].some((name) =>
        readFileSync(join(directory.path, name)).includes('kept for good\nkept for good'),
      );
    await expect.poll(stored, { interval: 300 }).toBe(true);
    await sandbox.kill();
    sandbox = await startSandbox({ dataDir: directory.path });
    const again = await read(made.instanceID);
    expect(again.accesses).toEqual(made.accesses);
    expect(await run(again, 'uniq -c /root/kept.txt')).toBe('1000 kept for good');
  });
});

test('what is measured from outside is seen inside', async () => {
  const { instances } = await sandbox.api.done<{ instances: readonly ApiInstance[] }>(
    ...(['GET', '/instance/list?per_page=100'] as const),
  );
  const training = instances.find(({ remark }) => remark === 'sdxl-train-03');
  if (!training) throw new Error('no seed');
  const [gpuInside, memoryInside] = (
    await run(
      training,
      'nvidia-smi --query-gpu=utilization.gpu,memory.used --format=csv,noheader,nounits',
    )
  )
    .split(',')
    .map(Number);
  const now = Date.now();
  const { samples } = await sandbox.api.done<{
    samples: readonly { gpus: readonly { util: number; memUsedMB: number }[] }[];
  }>(
    'GET',
    `/ext/metrics?instance_id=${training.instanceID}&from=${now}&to=${now + 3_600_000}&step=1000`,
  );
  const outside = samples.at(-1)?.gpus[0];
  expect(gpuInside).toBeGreaterThan(80);
  expect(Math.abs((gpuInside ?? 0) - 100 * (outside?.util ?? 0))).toBeLessThan(15);
  expect(Math.abs((memoryInside ?? 0) - (outside?.memUsedMB ?? 0))).toBeLessThan(500);
});

test('instances get other ports when theirs were taken meanwhile', async () => {
  const made = await create({ from_image_id: 'img-cuda124' });
  const url = made.accesses[0]?.url ?? '';
  await sandbox.kill();
  const squatter = createServer().listen(Number(new URL(url).port), '127.0.0.1');
  sandbox = await startSandbox({ dataDir: directory.path });
  const moved = await read(made.instanceID);
  expect(moved.accesses[0]?.url).not.toBe(url);
  expect(await run(moved, 'whoami')).toBe('root');
  squatter.close();
});

test('a released instance is closed at once', async () => {
  const made = await create({ from_image_id: 'img-cuda124' });
  const client = await enter(made);
  client.on('error', () => {});
  const closed = once(client, 'close');
  await sandbox.api.done('DELETE', `/instance?request_id=${made.instanceID}`);
  await closed;
  await expect(enter(made)).rejects.toThrow();
});
