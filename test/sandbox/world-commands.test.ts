/** What may be done when, what is refused and why: command by command, without a process. */
import { describe, expect, test } from 'vitest';
import { specName, specs } from '../../main/sandbox/world/catalogue.ts';
import { type CreateRequest, createInstance } from '../../main/sandbox/world/create-instance.ts';
import { dayMs } from '../../main/sandbox/world/ledger.ts';
import {
  releaseInstance,
  renameInstance,
  takeSnapshot,
} from '../../main/sandbox/world/lifecycle.ts';
import { createGroup, joinGroup, leaveGroup, membersOf } from '../../main/sandbox/world/mesh.ts';
import type { Command, Instance, WorldState } from '../../main/sandbox/world/model.ts';
import { addPort, editPort, removePort } from '../../main/sandbox/world/ports.ts';
import { Refusal } from '../../main/sandbox/world/refusal.ts';
import {
  deleteSnapshot,
  renameSnapshot,
  restoreSnapshot,
} from '../../main/sandbox/world/snapshots.ts';
import { availableUnits, demandChangesEveryMs } from '../../main/sandbox/world/stock.ts';
import { snapshotStatus, usedMb } from '../../main/sandbox/world/storage.ts';
import { type Status, statusAt, type Timeline } from '../../main/sandbox/world/timeline.ts';
import { applyTo, emptyWorld, runningInstance } from '../support/sandbox-world.ts';

/** The kind of the refusal, or `done`. */
function outcome(command: Command<unknown>, state: WorldState, now = 0): string {
  try {
    command(state, now);
    return 'done';
  } catch (error) {
    if (error instanceof Refusal) return error.kind;
    throw error;
  }
}

const done = (state: WorldState, command: Command<unknown>, now = 0) =>
  applyTo(state, command(state, now).changes);

const withInstances = (...instances: readonly Instance[]) =>
  applyTo(
    emptyWorld(),
    instances.map((record) => ({ table: 'instances', id: record.id, record })),
  );

const snapshot = (instanceId: string, snapshotId: string, more: object = {}) =>
  takeSnapshot({ instanceId, snapshotId, name: 'a', autoRelease: false, filesMb: 0, ...more });

describe('only when', () => {
  const timelines: Readonly<Record<Status, Timeline>> = {
    SchedQueued: [{ status: 'SchedQueued', at: 0 }],
    Creating: [{ status: 'Creating', at: 0 }],
    Running: [{ status: 'Running', at: 0 }],
    Suspending: [{ status: 'Suspending', at: 0 }],
    Paused: [{ status: 'Paused', at: 0 }],
    Releasing: [{ status: 'Releasing', at: 0 }],
    Released: [{ status: 'Released', at: 0 }],
  };
  const no = 'wrong-state';

  test.each<[Status, string, string, string, string]>([
    ['SchedQueued', no, 'done', 'done', no],
    ['Creating', no, 'done', 'done', no],
    ['Running', 'done', 'done', 'done', 'done'],
    ['Suspending', no, no, no, no],
    ['Paused', no, no, no, no],
    ['Releasing', no, no, no, no],
    ['Released', no, no, no, no],
  ])('%s: snapshot %s, release %s, rename %s, ports and groups %s', (status, ...expected) => {
    const instance = { ...runningInstance('ins-a'), timeline: timelines[status] };
    const state = done(withInstances(instance), createGroup('net-a', 'group'));
    expect([
      outcome(snapshot('ins-a', 'snap-a'), state),
      outcome(releaseInstance('ins-a'), state),
      outcome(renameInstance('ins-a', 'new'), state),
      outcome(addPort('ins-a', { port: 7860, protocol: 'http' }, 'port-a'), state),
    ]).toEqual(expected);
    expect(outcome(joinGroup('net-a', 'ins-a'), state)).toBe(expected[3]);
  });
});

describe('a name', () => {
  const state = withInstances(runningInstance('ins-a'));
  test.each([
    ['語音辨識-batch 🚀', 'done'],
    ['x'.repeat(64), 'done'],
    ['x'.repeat(65), 'invalid'],
    ['', 'invalid'],
    ['  \t ', 'invalid'],
    ['a\u0000b', 'invalid'],
    ['a\nb', 'invalid'],
    ['a\u001b[31mb', 'invalid'],
    ['a\u202eb', 'invalid'],
  ])('%j is %s', (name, expected) => {
    expect(outcome(renameInstance('ins-a', name), state)).toBe(expected);
    expect(outcome(snapshot('ins-a', 'snap-a', { name }), state)).toBe(expected);
  });
});

describe('snapshots', () => {
  const state = withInstances(
    runningInstance('ins-a', { baseSizeMb: 30_000 }),
    runningInstance('ins-b', { baseSizeMb: 20_000 }),
  );
  const soon = 10 * 60_000;
  const saved = done(state, snapshot('ins-a', 'snap-a', { filesMb: 1200 }));

  test('are refused beforehand when the storage does not suffice, to the megabyte', () => {
    expect(usedMb(saved, 0)).toBe(31_200);
    expect(outcome(snapshot('ins-b', 'snap-b'), saved)).toBe('done');
    expect(outcome(snapshot('ins-b', 'snap-b', { filesMb: 1 }), saved)).toBe('quota');
  });

  test('are saving as long as the instance is suspending, then available', () => {
    const { timeline } = saved.instances.get('ins-a') ?? runningInstance('none');
    const taken = saved.snapshots.get('snap-a');
    const pausedAt = timeline.find(({ status }) => status === 'Paused')?.at ?? Number.NaN;
    expect(taken && snapshotStatus(taken, pausedAt - 1)).toBe('Saving');
    expect(taken && snapshotStatus(taken, pausedAt)).toBe('Available');
    expect(statusAt(timeline, pausedAt)).toBe('Paused');
  });

  test('can be renamed, deleted, restored while there is room, and deleted for good', () => {
    expect(outcome(deleteSnapshot('snap-a', false), saved)).toBe('wrong-state');
    expect(outcome(restoreSnapshot('snap-a'), saved, soon)).toBe('wrong-state');
    const renamed = done(saved, renameSnapshot('snap-a', ' new '), soon);
    expect(renamed.snapshots.get('snap-a')?.name).toBe('new');

    const deleted = done(saved, deleteSnapshot('snap-a', false), soon);
    expect(usedMb(deleted, soon)).toBe(0);
    expect(outcome(renameSnapshot('snap-a', 'new'), deleted, soon)).toBe('wrong-state');
    expect(usedMb(done(deleted, restoreSnapshot('snap-a'), soon), soon)).toBe(31_200);
    expect(outcome(restoreSnapshot('snap-a'), deleted, soon + 7 * dayMs)).toBe('not-found');

    const filled = done(deleted, snapshot('ins-b', 'snap-b', { filesMb: 1 }), soon);
    expect(outcome(restoreSnapshot('snap-a'), filled, soon)).toBe('quota');

    const gone = done(deleted, deleteSnapshot('snap-a', true), soon);
    expect(gone.snapshots.size).toBe(0);
    expect(outcome(deleteSnapshot('snap-a', true), gone, soon)).toBe('not-found');
  });
});

const request: CreateRequest = {
  metaKey: 'key',
  name: 'made',
  category: 'container',
  regionName: 'TW-03',
  machine: { kind: 'gpu', name: 'NVIDIA GeForce RTX 4090' },
  units: 1,
  source: { kind: 'image', id: 'img-pytorch26' },
  environment: {},
  startCommand: '',
  ports: [],
  drive: null,
};

describe('creating', () => {
  const create = (more: Partial<CreateRequest> = {}, id = 'ins-new') =>
    createInstance({ ...request, ...more }, id, null);

  test.each<[string, Partial<CreateRequest>, string]>([
    ['as it should be', {}, 'done'],
    ['two units', { units: 2 }, 'done'],
    ['more units than one may have', { units: 9 }, 'invalid'],
    ['an unknown image', { source: { kind: 'image', id: 'img-none' } }, 'not-found'],
    ['an unknown snapshot', { source: { kind: 'snapshot', id: 'snap-none' } }, 'not-found'],
    ['a machine the region lacks', { regionName: 'TW-01' }, 'not-found'],
    ['an unknown data drive', { drive: { driveId: 'drv-none', readOnly: true } }, 'not-found'],
    [
      'a GPU image without a GPU',
      { machine: { kind: 'cpu', name: 'AMD EPYC 7402 8C' } },
      'invalid',
    ],
    ['a name with control characters', { name: 'a\u0007' }, 'invalid'],
  ])('%s', (_what, more, expected) => {
    expect(outcome(create(more), emptyWorld())).toBe(expected);
  });

  test('without credit is refused', () => {
    expect(outcome(create(), emptyWorld({ paidInMilli: 0 }))).toBe('out-of-credit');
  });

  test('twice with the same key is one instance, whatever else is asked', () => {
    const once = done(emptyWorld(), create());
    const again = create({ name: 'other', units: 9 }, 'ins-other')(once, 5000);
    expect(again.changes).toEqual([]);
    expect(again.value.id).toBe('ins-new');
  });

  test('multiplies machine and price by the units, and names the unnamed by its id', () => {
    const { value } = create({ units: 2, name: '' })(emptyWorld(), 0);
    expect(value).toMatchObject({
      ...{ name: 'ins-new', priceCent: 130 },
      hardware: { gpuCount: 2, cpuCores: 32 },
    });
  });

  test('from a snapshot only once it is available, with its files', () => {
    const state = done(withInstances(runningInstance('ins-a')), snapshot('ins-a', 'snap-a'));
    const fromSnapshot = create({ source: { kind: 'snapshot', id: 'snap-a' } });
    expect(outcome(fromSnapshot, state)).toBe('wrong-state');
    expect(fromSnapshot(state, 60_000).changes).toContainEqual({
      ...{ table: 'trees', id: 'instance:ins-new', copyFrom: 'snapshot:snap-a' },
    });
  });
});

describe('stock', () => {
  const find = (name: string) => {
    const spec = specs.find((candidate) => specName(candidate) === name);
    if (!spec) throw new Error(name);
    return spec;
  };

  test('falls by what is created, and rises when that is released', () => {
    const spec = find('NVIDIA GeForce RTX 4090');
    const free = (state: WorldState, now: number) => availableUnits(state, spec, 'TW-03', now);
    const created = done(emptyWorld(), createInstance({ ...request, units: 3 }, 'ins-a', null));
    expect(free(created, 0)).toBe(free(emptyWorld(), 0) - 3);
    expect(availableUnits(created, spec, 'TW-02', 0)).toBe(
      availableUnits(emptyWorld(), spec, 'TW-02', 0),
    );
    const released = done(created, releaseInstance('ins-a'), 1000);
    expect(free(released, 6000)).toBe(free(emptyWorld(), 6000));
  });

  test('of the scarce machine is gone at times, comes back, and is refused meanwhile', () => {
    const spec = find('NVIDIA H100 80GB HBM3');
    const free = (period: number) =>
      availableUnits(emptyWorld(), spec, 'TW-04', period * demandChangesEveryMs);
    expect([0, 1, 2, 3, 4, 5].map(free)).toEqual([2, 0, 0, 2, 0, 0]);
    const create = createInstance(
      {
        ...{ ...request, regionName: 'TW-04' },
        machine: { kind: 'gpu', name: 'NVIDIA H100 80GB HBM3' },
      },
      ...(['ins-a', null] as const),
    );
    expect(outcome(create, emptyWorld(), demandChangesEveryMs)).toBe('out-of-stock');
    expect(outcome(create, emptyWorld({ planStartedAt: 0 }), 0)).toBe('done');
  });
});

describe('forwarded ports', () => {
  const state = withInstances(runningInstance('ins-a'));
  const web = { port: 7860, protocol: 'http' } as const;

  test('SSH stays as it is, the notebook may go, no inner port is forwarded twice', () => {
    expect(outcome(removePort('ins-a', 'port-1'), state)).toBe('invalid');
    expect(outcome(editPort('ins-a', 'port-1', web), state)).toBe('invalid');
    expect(outcome(removePort('ins-a', 'port-2'), state)).toBe('done');
    expect(outcome(removePort('ins-a', 'none'), state)).toBe('not-found');
    const added = done(state, addPort('ins-a', web, 'port-a'));
    expect(outcome(addPort('ins-a', web, 'port-b'), added)).toBe('invalid');
    expect(outcome(editPort('ins-a', 'port-a', { ...web, port: 8888 }), added)).toBe('invalid');
    expect(outcome(editPort('ins-a', 'port-a', { ...web, protocol: 'tcp' }), added)).toBe('done');
  });

  test('there are at most twenty', () => {
    let full = state;
    for (let port = 9000; port < 9018; port += 1) {
      full = done(full, addPort('ins-a', { port, protocol: 'tcp' }, `port-${port}`));
    }
    expect(outcome(addPort('ins-a', web, 'port-a'), full)).toBe('invalid');
  });
});

describe('a network group', () => {
  const ids = ['ins-a', 'ins-b', 'ins-c', 'ins-d', 'ins-e', 'ins-f'];
  const instances = ids.map((id) => runningInstance(id));
  const state = done(withInstances(...instances), createGroup('net-a', 'group'));
  const group = (of: WorldState, now = 0) => {
    const found = of.groups.get('net-a');
    return found ? membersOf(found, of, now) : [];
  };

  test('gives each member an address of its own, and takes five', () => {
    let full = state;
    for (const id of ids.slice(0, 5)) full = done(full, joinGroup('net-a', id));
    expect(group(full).map(({ ip }) => ip)).toEqual(
      [2, 3, 4, 5, 6].map((host) => `10.77.1.${host}`),
    );
    expect(outcome(joinGroup('net-a', 'ins-f'), full)).toBe('quota');
    expect(joinGroup('net-a', 'ins-a')(full, 0).changes).toEqual([]);
    const left = done(full, leaveGroup('net-a', 'ins-c'));
    expect(outcome(leaveGroup('net-a', 'ins-c'), left)).toBe('not-found');
    expect(group(done(left, joinGroup('net-a', 'ins-f'))).at(-1)?.ip).toBe('10.77.1.4');
  });

  test('an instance is in one group at a time, and in none once it is released', () => {
    const two = done(done(state, joinGroup('net-a', 'ins-a')), createGroup('net-b', 'other'));
    expect(outcome(joinGroup('net-b', 'ins-a'), two)).toBe('wrong-state');
    const released = done(two, releaseInstance('ins-a'), 1000);
    expect(group(released, 6000)).toEqual([]);
  });
});
