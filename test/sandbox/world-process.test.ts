/** The sandbox as a process: crashes at any instant, a second copy, bad arguments, its parent's end, a large fleet. */
import { resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { startChild } from '../support/child.ts';
import { type SandboxProcess, startSandbox } from '../support/sandbox.ts';
import type { ApiInstance } from '../support/sandbox-api.ts';
import { createTempDir, type TempDir } from '../support/temp-dir.ts';

const entry = resolve(import.meta.dirname, '../../out/main/sandbox.js');
const running: SandboxProcess[] = [];
const directories: TempDir[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.stop();
  for (const directory of directories.splice(0)) directory.remove();
});

const start: typeof startSandbox = async (options) => {
  const sandbox = await startSandbox(options);
  running.push(sandbox);
  return sandbox;
};
function ownDirectory(): string {
  const directory = createTempDir('sandbox-process');
  directories.push(directory);
  return directory.path;
}

type Page = { readonly instances: readonly ApiInstance[]; readonly total: number };
interface Billing {
  readonly balanceMilli: number;
  readonly lines: readonly { readonly amountMilli: number }[];
}
const totalOf = async ({ api }: SandboxProcess) => {
  const { balanceMilli, lines } = await api.done<Billing>('GET', '/ext/billing');
  return lines.reduce((sum, { amountMilli }) => sum + amountMilli, balanceMilli);
};

const body = {
  from_image_id: 'img-ubuntu2404',
  cpu_name: 'AMD EPYC 7402 8C',
  region_name: 'TW-03',
};

describe('a crash', () => {
  test('at any instant loses nothing that was answered, and doubles nothing', async () => {
    const dataDir = ownDirectory();
    const answered = new Set<string>();
    let paidIn: number | undefined;
    for (let round = 0; round < 5; round += 1) {
      const sandbox = await start({ dataDir, clockRate: 60 });
      paidIn ??= await totalOf(sandbox);
      expect(await totalOf(sandbox)).toBe(paidIn);
      for (const key of answered) {
        expect(await sandbox.api.call('GET', `/instance?meta_key=${key}`)).toMatchObject({
          code: 0,
        });
      }
      let timer: NodeJS.Timeout | undefined;
      try {
        for (let number = 0; ; number += 1) {
          // So many are answered on any machine; the one after is killed somewhere on its way.
          if (number === 20 + round) timer = setTimeout(() => void sandbox.kill(), 3 * round);
          const key = `key-${round}-${number}`;
          const made = await sandbox.api.call('POST', '/instance', {
            ...{ ...body, custom_meta_key: key },
          });
          if (made.code === 0) answered.add(key);
          await sandbox.api.call('DELETE', `/instance?meta_key=${key}`);
        }
      } catch {
        // It was killed in the middle of a request.
      }
      clearTimeout(timer);
      await sandbox.ended;
    }
    const after = await start({ dataDir });
    const { instances, total } = await after.api.done<Page>('GET', '/instance/list?per_page=1000');
    expect(instances).toHaveLength(total);
    const keys = instances.map(({ metaKey }) => metaKey).filter((key) => key.startsWith('key-'));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThanOrEqual(answered.size);
    expect(keys.length).toBeLessThanOrEqual(answered.size + 5);
    expect(answered.size).toBeGreaterThanOrEqual(20 + 21 + 22 + 23 + 24);
  });

  test('in the middle of a snapshot: the clock goes on, and it ends as it should', async () => {
    const dataDir = ownDirectory();
    const first = await start({ dataDir });
    const { instances } = await first.api.done<Page>('GET', '/instance/list?per_page=100');
    const runner = instances.find(({ remark }) => remark === 'ci-runner-a');
    const id = runner?.instanceID;
    await first.api.done('POST', '/snapshot', { instance_id: id, name: 'a', auto_release: true });
    const { token } = first;
    await first.kill();

    const second = await start({ dataDir });
    expect(second.token).toBe(token);
    const read = async () =>
      (await second.api.done<{ instance: ApiInstance }>('GET', `/instance?request_id=${id}`))
        .instance;
    expect((await read()).status).toBe('Suspending');
    await second.api.control('clock', { advanceMs: 60_000 });
    expect((await read()).status).toBe('Released');
  });
});

test('ports stay through a restart', async () => {
  const dataDir = ownDirectory();
  const urls = async ({ api }: SandboxProcess) => {
    const { instances } = await api.done<Page>('GET', '/instance/list?per_page=100');
    return instances
      .filter(({ status }) => status === 'Running')
      .flatMap(({ instanceID, accesses }) => accesses.map(({ url }) => `${instanceID} ${url}`));
  };
  const first = await start({ dataDir });
  const before = await urls(first);
  expect(before.length).toBeGreaterThan(20);
  await first.kill();
  const second = await start({ dataDir });
  const after = await urls(second);
  // Another program may have come by one of them meanwhile: then that instance, and no other, gets another.
  const moved = [...second.output().matchAll(/The ports of (\S+) are in use/g)].map(([, id]) => id);
  const stays = (line: string) => !moved.some((id) => line.startsWith(`${id} `));
  expect(after.filter(stays)).toEqual(before.filter(stays));
  expect(before.filter(stays).length).toBeGreaterThan(before.length / 2);
});

test('the clock goes as fast as it is told', async () => {
  const sandbox = await start({ clockRate: 20 });
  const made = await sandbox.api.done<{ instance: ApiInstance }>('POST', '/instance', {
    ...{ ...body, custom_meta_key: 'fast' },
  });
  expect(made.instance.status).toBe('SchedQueued');
  await expect
    .poll(() => sandbox.api.call('GET', '/instance?meta_key=fast'), { timeout: 15_000 })
    .toMatchObject({ instance: { status: 'Running' } });
});

test('the same seed gives the same fleet, another gives another', async () => {
  const ids = async (seed: string) => {
    const { api } = await start({ seed });
    const { instances } = await api.done<Page>('GET', '/instance/list');
    return instances.map(({ instanceID }) => instanceID);
  };
  const [one, same, other] = [await ids('a'), await ids('a'), await ids('b')];
  expect(one).toEqual(same);
  expect(one).not.toEqual(other);
});

test('a second one on the same directory is refused with a sentence', async () => {
  const { dataDir } = await start();
  await expect(start({ dataDir })).rejects.toThrow(/Another sandbox uses/);
});

test.each<readonly string[]>([
  ['--port', '70000'],
  ['--clock-rate', '0'],
  ['--clock-rate', 'fast'],
  ['--instances', '100001'],
  ['--instances', '-1'],
  ['--faults', 'lightning=1'],
  ['--token', 'short'],
  ['--data-dir', ''],
  ['--colour', 'red'],
])('%s %s is refused with a sentence and the usage', async (...args) => {
  const child = startChild(process.execPath, [entry, ...args]);
  expect(await child.ended).toBe(2);
  expect(child.output()).toContain('npm run sandbox');
  expect(child.output()).toContain(args[0]?.slice(2));
});

test('it ends with its parent: when the pipe to its standard input closes', async () => {
  const directory = ownDirectory();
  const child = startChild('sh', [
    ...['-c', 'head -n 1 | "$0" "$1" --data-dir "$2"'],
    ...[process.execPath, entry, directory],
  ]);
  await child.waitFor(/Sandbox cloud/);
  child.write('end\n');
  expect(await child.ended).toBe(0);
});

test('it goes on without a parent', async () => {
  const directory = ownDirectory();
  const child = startChild('sh', [
    ...['-c', 'exec "$0" "$1" --data-dir "$2" < /dev/null'],
    ...[process.execPath, entry, directory],
  ]);
  await child.waitFor(/Demo token/);
  const waited = new Promise((resolve) => setTimeout(() => resolve('still there'), 1000));
  expect(await Promise.race([child.ended, waited])).toBe('still there');
  await child.stop();
});

test('a hundred thousand instances: listed in pages, found by id, acted on and billed', async () => {
  const dataDir = ownDirectory();
  const sandbox = await start({ dataDir, instances: 100_000 });
  const { instances, total } = await sandbox.api.done<Page>(
    ...(['GET', '/instance/list?page=57&per_page=1000'] as const),
  );
  expect(total).toBe(100_000);
  expect(instances).toHaveLength(1000);
  const filler = instances.find(({ status }) => status === 'Running');
  const id = filler?.instanceID;
  await sandbox.api.done('PATCH', '/ext/instance', { instance_id: id, remark: '一萬之一' });
  const { balanceMilli } = await sandbox.api.done<Billing>('GET', `/ext/billing?instance_id=${id}`);
  expect(balanceMilli).toBeGreaterThan(0);
  const listed = new Set<string>();
  for (let page = 1; page <= 20; page += 1) {
    const answer = await sandbox.api.done<Page>(
      ...(['GET', `/instance/list?page=${page}&per_page=1000`] as const),
    );
    for (const { instanceID } of answer.instances) listed.add(instanceID);
  }
  expect(listed.size).toBe(20_000);
  await sandbox.kill();
  const again = await start({ dataDir });
  const answer = await again.api.done<{ instance: ApiInstance }>(
    ...(['GET', `/instance?request_id=${id}`] as const),
  );
  expect(answer.instance.remark).toBe('一萬之一');
  expect((await again.api.done<Page>('GET', '/instance/list')).total).toBe(100_000);
}, 120_000);
