/** Snapshot, return, release and an instance from the snapshot, over real HTTP and with the files followed. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SandboxInProcess, startSandboxInProcess } from '../support/sandbox-in-process.ts';

let sandbox: SandboxInProcess;
beforeEach(async () => {
  sandbox = await startSandboxInProcess();
});
afterEach(() => sandbox.stop());

interface ApiSnapshot {
  readonly snapID: string;
  readonly name: string;
  readonly sizeMB: number;
  readonly status: string;
}
interface Storage {
  readonly quotaMB: number;
  readonly usedMB: number;
}
interface Billing {
  readonly balanceMilli: number;
  readonly lines: readonly { readonly amountMilli: number; readonly instanceID: string }[];
}

const snapshots = async () =>
  (await sandbox.api.done<{ snapshots: readonly ApiSnapshot[] }>('GET', '/ext/snapshot/list'))
    .snapshots;
const storage = () => sandbox.api.done<Storage>('GET', '/ext/storage');
const billing = (query = '') => sandbox.api.done<Billing>('GET', `/ext/billing${query}`);
const takeSnapshot = (id: string, more: object = {}) =>
  sandbox.api.call('POST', '/snapshot', { instance_id: id, name: '環境 v1', ...more });
const drives = async () =>
  (
    await sandbox.api.done<{ drives: readonly { id: string; regionName: string }[] }>(
      ...(['GET', '/ext/datadrives'] as const),
    )
  ).drives;

describe('a snapshot', () => {
  test('without release: Suspending, Paused, Running again at the same ports, with its files', async () => {
    const made = await sandbox.create();
    sandbox.standIn(made.instanceID).write('/root/model.bin', 'weights');
    expect(await takeSnapshot(made.instanceID)).toMatchObject({ code: 0 });

    const saving = await sandbox.instance(made.instanceID);
    expect(saving).toMatchObject({ status: 'Suspending', snapshotProgress: 0 });
    await sandbox.pass(0);
    expect(sandbox.hasStandIn(made.instanceID)).toBe(false);
    expect((await snapshots())[0]).toMatchObject({ name: '環境 v1', status: 'Saving' });
    expect(await takeSnapshot(made.instanceID)).toMatchObject({ code: 17 });
    expect(
      await sandbox.api.call('DELETE', `/instance?request_id=${made.instanceID}`),
    ).toMatchObject({ code: 17 });

    await sandbox.pass(17_000);
    expect((await sandbox.instance(made.instanceID)).snapshotProgress).toBeGreaterThan(40);
    await sandbox.pass(18_000);
    expect((await sandbox.instance(made.instanceID)).status).toBe('Paused');
    expect((await snapshots())[0]).toMatchObject({ status: 'Available' });
    await sandbox.pass(4000);
    const back = await sandbox.instance(made.instanceID);
    expect(back.status).toBe('Running');
    expect(back.accesses).toEqual(made.accesses);
    expect(back.hostKeys).toEqual(made.hostKeys);
    expect(sandbox.standIn(made.instanceID).read('/root/model.bin')).toBe('weights');
  });

  test('with automatic release: Releasing, Released', async () => {
    const made = await sandbox.create();
    await takeSnapshot(made.instanceID, { auto_release: true });
    expect(await sandbox.instance(made.instanceID)).toMatchObject({ autoRelease: true });
    await sandbox.pass(34_680 + 4000);
    expect((await sandbox.instance(made.instanceID)).status).toBe('Releasing');
    await sandbox.pass(5000);
    expect((await sandbox.instance(made.instanceID)).status).toBe('Released');
  });

  test('gives a new instance its files, at ports of its own, without /datadrive', async () => {
    const [drive] = (await drives()).filter(({ regionName }) => regionName === 'TW-03');
    const mount = { datadrive: { drive_id: drive?.id, read_only: false } };
    const made = await sandbox.create(mount);
    const guest = sandbox.standIn(made.instanceID);
    guest.write('/root/notes.txt', '第一版');
    guest.writeToDrive('/kept.txt', 'stays');
    await takeSnapshot(made.instanceID, { auto_release: true });
    await sandbox.pass(60_000);

    const [snapshot] = await snapshots();
    const bare = await sandbox.create({ from_snap_id: snapshot?.snapID });
    expect(bare).toMatchObject({ status: 'Running', baseSnap: { name: '環境 v1' } });
    expect(bare.accesses[0]?.url).not.toBe('');
    expect(bare.hostKeys).not.toEqual(made.hostKeys);
    expect(sandbox.standIn(bare.instanceID).options.files?.map(({ path }) => path)).toEqual([
      '/root/notes.txt',
    ]);
    expect(sandbox.standIn(bare.instanceID).read('/root/notes.txt')).toBe('第一版');
    expect(sandbox.standIn(bare.instanceID).readFromDrive('/kept.txt')).toBeUndefined();

    const mounted = await sandbox.create({ from_snap_id: snapshot?.snapID, ...mount });
    expect(mounted).toMatchObject({
      datadrive: { region: 'TW-03', mount: '/datadrive', readOnly: false },
    });
    expect(sandbox.standIn(mounted.instanceID).readFromDrive('/kept.txt')).toBe('stays');
  });

  test('keeps its files when the instance is released and the snapshot deleted and restored', async () => {
    const made = await sandbox.create();
    sandbox.standIn(made.instanceID).write('/root/a', 'a');
    await takeSnapshot(made.instanceID, { auto_release: true });
    await sandbox.pass(60_000);
    const [snapshot] = await snapshots();
    const id = snapshot?.snapID;
    await sandbox.api.done('PATCH', '/ext/snapshot', { snap_id: id, name: 'renamed' });
    await sandbox.api.done('DELETE', `/ext/snapshot?snap_id=${id}`);
    expect((await snapshots())[0]).toMatchObject({ name: 'renamed', status: 'Restorable' });
    expect(
      await sandbox.api.call('POST', '/instance', { from_snap_id: id, custom_meta_key: 'k' }),
    ).toMatchObject({ code: 10 });
    await sandbox.api.done('POST', '/ext/snapshot/restore', { snap_id: id });
    sandbox = await sandbox.restart();
    const from = await sandbox.create({ from_snap_id: id });
    expect(sandbox.standIn(from.instanceID).read('/root/a')).toBe('a');

    await sandbox.api.done('DELETE', `/ext/snapshot?snap_id=${id}&permanent=1`);
    expect((await snapshots()).map(({ snapID }) => snapID)).not.toContain(id);
  });

  test('counts against the quota at once, and is refused beforehand when it does not fit', async () => {
    const made = await sandbox.create();
    const before = await storage();
    let taken = 0;
    let answer = await takeSnapshot(made.instanceID);
    while (answer.code === 0) {
      taken += 1;
      await sandbox.pass(60_000);
      answer = await takeSnapshot(made.instanceID);
    }
    expect(answer).toMatchObject({ code: 164, msg: expect.stringContaining('storage') });
    const after = await storage();
    expect(taken).toBe(Math.floor((before.quotaMB - before.usedMB) / 7420));
    expect(after.usedMB).toBe(before.usedMB + taken * 7420);
    expect((await sandbox.instance(made.instanceID)).status).toBe('Running');
  });

  test.each(['', 'x'.repeat(65), 'a\u0000b'])('with the name %j is refused', async (name) => {
    const made = await sandbox.byName('ci-runner-a');
    expect(await takeSnapshot(made.instanceID, { name })).toMatchObject({ code: 10 });
    expect((await sandbox.instance(made.instanceID)).status).toBe('Running');
  });
});

describe('money', () => {
  test('is spent while Running and at no other time, to the milli-credit', async () => {
    const made = await sandbox.create();
    const id = made.instanceID;
    const accrued = async () => (await sandbox.instance(id)).accruedMilli;
    // Running since second 12 of the 60 that passed.
    expect(await accrued()).toBe(Math.floor((65 * 48) / 360));
    await sandbox.pass(3_600_000 - 48_000);
    expect(await accrued()).toBe(650);
    await takeSnapshot(id);
    await sandbox.pass(38_000);
    expect(await accrued()).toBe(650);
    await sandbox.pass(680 + 3_600_000);
    expect(await accrued()).toBe(1300);
    await sandbox.api.done('DELETE', `/instance?request_id=${id}`);
    await sandbox.pass(50 * 3_600_000);
    expect(await accrued()).toBe(1300);
    const { lines } = await billing(`?instance_id=${id}`);
    expect(lines.map(({ amountMilli }) => amountMilli)).toEqual([650, 650]);
  });

  test('all lines and the balance add up, before and after a restart', async () => {
    const total = ({ balanceMilli, lines }: Billing) =>
      lines.reduce((sum, { amountMilli }) => sum + amountMilli, balanceMilli);
    const before = await billing();
    await sandbox.pass(12_345_678);
    const later = await billing();
    expect(later.balanceMilli).toBeLessThan(before.balanceMilli);
    expect(total(later)).toBe(total(before));
    sandbox = await sandbox.restart(5_000_000);
    expect(total(await billing())).toBe(total(before));
  });

  test('out of credit: everything is saved, shut down, and nothing can be created', async () => {
    const made = await sandbox.create();
    sandbox.standIn(made.instanceID).write('/root/precious', 'saved');
    const { balanceMilli } = await billing();
    await sandbox.api.control('credit', { paidInMilli: 10 - balanceMilli });
    await sandbox.pass(10_000);
    expect((await sandbox.instance(made.instanceID)).status).toBe('Suspending');
    await sandbox.pass(3_600_000);
    const { instances } = await sandbox.api.done<{ instances: { status: string }[] }>(
      ...(['GET', '/instance/list?per_page=100'] as const),
    );
    expect(new Set(instances.map(({ status }) => status))).toEqual(new Set(['Released']));
    expect((await billing()).balanceMilli).toBeLessThanOrEqual(0);
    const body = {
      ...{ gpu_name: 'NVIDIA GeForce RTX 4090', region_name: 'TW-03', custom_meta_key: 'k' },
      from_image_id: 'img-pytorch26',
    };
    expect(await sandbox.api.call('POST', '/instance', body)).toMatchObject({ code: 133 });

    await sandbox.api.control('credit', { paidInMilli: 10_000_000 });
    const rescued = (await snapshots()).find(({ name }) => name.startsWith(made.instanceID));
    const from = await sandbox.create({ from_snap_id: rescued?.snapID });
    expect(sandbox.standIn(from.instanceID).read('/root/precious')).toBe('saved');
  });
});

test('a restart goes on where the clock is: statuses, files, names and ports', async () => {
  const made = await sandbox.create({ remark: 'before' });
  const id = made.instanceID;
  sandbox.standIn(id).write('/root/a', 'a');
  await sandbox.api.done('PATCH', '/ext/instance', { instance_id: id, remark: 'after' });
  await takeSnapshot(id);
  const { token } = sandbox;
  sandbox = await sandbox.restart(10_000);
  expect(sandbox.token).toBe(token);
  expect(await sandbox.instance(id)).toMatchObject({ status: 'Suspending', remark: 'after' });
  expect(sandbox.hasStandIn(id)).toBe(false);
  sandbox = await sandbox.restart(60_000);
  const back = await sandbox.instance(id);
  expect(back).toMatchObject({ status: 'Running', accesses: made.accesses });
  expect(sandbox.standIn(id).read('/root/a')).toBe('a');
});
