/** The sandbox's clock, and data drives that several instances write to. */
import { afterEach, describe, expect, test } from 'vitest';
import type { FileTree } from '../../main/sandbox/guest/guest.ts';
import { mergeTrees } from '../../main/sandbox/world/merge-trees.ts';
import { createSandboxClock } from '../../main/sandbox/world/sandbox-clock.ts';
import { type SandboxInProcess, startSandboxInProcess } from '../support/sandbox-in-process.ts';

describe('the clock', () => {
  test('begins with ours, and goes as fast as it is told', () => {
    const wall = { ms: 1_000_000 };
    const clock = createSandboxClock({ now: () => wall.ms }, 60);
    expect(clock.now()).toBe(1_000_000);
    wall.ms += 1000;
    expect(clock.now()).toBe(1_060_000);
    expect(clock.realMsUntil(1_120_000)).toBe(1000);
    clock.setRate(1);
    wall.ms += 1000;
    expect(clock.now()).toBe(1_061_000);
    clock.advance(5000);
    expect(clock.now()).toBe(1_066_000);
  });

  test('went on while the process was away, as fast as it went before', () => {
    const stored = { wallMs: 1000, sandboxMs: 50_000, rate: 10 };
    const clock = createSandboxClock({ now: () => 2000 }, 1, stored);
    expect(clock.now()).toBe(60_000);
  });

  test('never goes back, not even when ours does', () => {
    const wall = { ms: 10_000 };
    const clock = createSandboxClock({ now: () => wall.ms }, 2);
    wall.ms = 11_000;
    expect(clock.now()).toBe(12_000);
    wall.ms = 5000;
    expect(clock.now()).toBe(12_000);
    const later = createSandboxClock({ now: () => wall.ms }, 2, clock.anchor());
    expect(later.now()).toBe(12_000);
  });
});

const tree = (files: Readonly<Record<string, string>>): FileTree =>
  Object.entries(files).map(([path, text]) => ({
    ...{ path, kind: 'file' as const, mode: 0o644, mtimeMs: 0 },
    data: new TextEncoder().encode(text),
  }));
const texts = (of: FileTree) =>
  Object.fromEntries(of.map(({ path, data }) => [path, new TextDecoder().decode(data)]));

test.each([
  ['what one added', {}, { '/a': '1' }, { '/b': '2' }, { '/a': '1', '/b': '2' }],
  ['what one changed', { '/a': '1' }, { '/a': '2' }, { '/a': '1' }, { '/a': '2' }],
  ['what others changed', { '/a': '1' }, { '/a': '1' }, { '/a': '3' }, { '/a': '3' }],
  ['what one removed', { '/a': '1' }, {}, { '/a': '1', '/b': '2' }, { '/b': '2' }],
  ['what others removed', { '/a': '1' }, { '/a': '1' }, {}, {}],
  ['the last of two changes', { '/a': '1' }, { '/a': '2' }, { '/a': '3' }, { '/a': '2' }],
])('merging keeps %s', (_what, base, mine, theirs, merged) => {
  expect(texts(mergeTrees(tree(base), tree(mine), tree(theirs)))).toEqual(merged);
});

describe('a data drive', () => {
  let sandbox: SandboxInProcess;
  afterEach(() => sandbox.stop());

  test('keeps what two instances write to it at once, and what a reader tries is not kept', async () => {
    sandbox = await startSandboxInProcess();
    type Drives = { drives: readonly { id: string; regionName: string; usedMB: number }[] };
    const read = async () => {
      const { drives } = await sandbox.api.done<Drives>('GET', '/ext/datadrives');
      return drives.find(({ regionName }) => regionName === 'TW-03');
    };
    const before = await read();
    const mount = (readOnly: boolean) => ({
      datadrive: { drive_id: before?.id, read_only: readOnly },
    });
    const [one, other, reader] = [
      await sandbox.create(mount(false)),
      await sandbox.create(mount(false)),
      await sandbox.create(mount(true)),
    ];
    sandbox.standIn(one.instanceID).writeToDrive('/one.txt', 'x'.repeat(3 * 1024 * 1024));
    sandbox.standIn(other.instanceID).writeToDrive('/other.txt', '2');
    sandbox.standIn(reader.instanceID).writeToDrive('/reader.txt', '3');
    for (const { instanceID } of [one, other, reader]) {
      await sandbox.api.done('DELETE', `/instance?request_id=${instanceID}`);
    }
    const last = await sandbox.create(mount(true));
    const guest = sandbox.standIn(last.instanceID);
    expect(guest.readFromDrive('/one.txt')).toHaveLength(3 * 1024 * 1024);
    expect(guest.readFromDrive('/other.txt')).toBe('2');
    expect(guest.readFromDrive('/reader.txt')).toBeUndefined();
    expect(guest.options.datadrive?.readOnly).toBe(true);
    expect((await read())?.usedMB).toBe((before?.usedMB ?? 0) + 4);
  });

  test('of another region is refused', async () => {
    sandbox = await startSandboxInProcess();
    const { drives } = await sandbox.api.done<{ drives: { id: string; regionName: string }[] }>(
      ...(['GET', '/ext/datadrives'] as const),
    );
    const foreign = drives.find(({ regionName }) => regionName === 'TW-01');
    await expect(sandbox.create({ datadrive: { drive_id: foreign?.id } })).rejects.toThrow('TW-01');
  });
});
