/** Each "only when" as a row: state × action → ok or the rule that forbids it. */
import { describe, expect, it } from 'vitest';
import {
  type Action,
  all,
  type CloudContext,
  no,
  ok,
  settled,
  type Verdict,
} from '../../main/clouds/cloud.ts';
import { servers } from '../../main/clouds/servers/cloud.ts';
import { systemClock } from '../../main/core/clock.ts';
import { describeAction } from '../../main/features/actions.ts';
import { stateKinds } from '../../preload/contract/constants.ts';
import type { State } from '../../preload/contract/instances.ts';
import {
  type DiskTarget,
  diskActions,
  type FakeDisk,
  type FakeMachine,
  type ImageTarget,
  imageActions,
  machineActions,
} from '../support/fake-cloud.ts';

const word = (verdict: Verdict) => (verdict.kind === 'ok' ? 'ok' : verdict.rule.id);

function verdictOn<Target>(actions: readonly Action<Target>[], id: string, target: Target): string {
  const found = actions.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no action ${id}`);
  return word(found.allowed(target));
}

const state = (kind: State['kind'], transient = false): State => ({
  kind,
  word: kind,
  transient,
  billed: 'full',
});

const system: FakeDisk = { id: 'system', system: true, backups: 0, backupTimer: false };
const data: FakeDisk = { id: 'data', system: false, backups: 0, backupTimer: false };
const machine = (changes: Partial<FakeMachine> = {}): FakeMachine => ({
  id: 'm1',
  state: state('running'),
  snapshots: 0,
  snapshotTimer: false,
  disks: [system, data],
  ...changes,
});

const backedUp: FakeDisk = { ...data, backups: 1 };
const timed: FakeDisk = { ...data, backupTimer: true };
const off = state('stopped');

describe('disks and snapshots of a machine (H15, H17)', () => {
  it.each<[string, string, Partial<FakeMachine>, string]>([
    ['attach-disk', 'running', {}, 'ok'],
    ['attach-disk', 'stopped', { state: off }, 'ok'],
    ['attach-disk', 'with a snapshot', { snapshots: 1 }, 'machine-has-snapshots'],
    ['attach-disk', 'with a snapshot timer only', { snapshotTimer: true }, 'ok'],
    ['take-snapshot', 'running', {}, 'ok'],
    ['take-snapshot', 'with a snapshot', { snapshots: 3 }, 'ok'],
    [
      'take-snapshot',
      'with a disk that has backups',
      { disks: [system, backedUp] },
      'disk-has-backups',
    ],
    [
      'take-snapshot',
      'with a disk that has a backup timer',
      { disks: [system, timed] },
      'disk-has-backups',
    ],
    ['schedule-snapshots', 'running', {}, 'ok'],
    [
      'schedule-snapshots',
      'with a disk that has backups',
      { disks: [system, backedUp] },
      'disk-has-backups',
    ],
    [
      'schedule-snapshots',
      'with a disk that has a backup timer',
      { disks: [timed] },
      'disk-has-backups',
    ],
    ['roll-back', 'running', { snapshots: 1 }, 'machine-not-stopped'],
    ['roll-back', 'in error', { snapshots: 1, state: state('error') }, 'machine-not-stopped'],
    ['roll-back', 'stopped with a snapshot', { snapshots: 1, state: off }, 'ok'],
    ['roll-back', 'stopped without a snapshot', { state: off }, 'machine-has-no-snapshot'],
    [
      'roll-back',
      'stopped with a disk that has backups',
      { snapshots: 1, state: off, disks: [backedUp] },
      'disk-has-backups',
    ],
  ])('%s, %s', (id, _when, changes, expected) => {
    expect(verdictOn(machineActions, id, machine(changes))).toBe(expected);
  });

  it.each<[string, string, FakeDisk, Partial<FakeMachine>, string]>([
    ['detach-disk', 'a data disk', data, {}, 'ok'],
    ['detach-disk', 'the system disk', system, {}, 'disk-is-system'],
    [
      'detach-disk',
      'the system disk of a stopped machine',
      system,
      { state: off },
      'disk-is-system',
    ],
    [
      'detach-disk',
      'a data disk of a machine with snapshots',
      data,
      { snapshots: 2 },
      'machine-has-snapshots',
    ],
    ['back-up-disk', 'a data disk', data, {}, 'ok'],
    ['back-up-disk', 'the system disk', system, {}, 'ok'],
    [
      'back-up-disk',
      'of a machine with a snapshot',
      data,
      { snapshots: 1 },
      'machine-has-snapshots',
    ],
    [
      'back-up-disk',
      'of a machine with a snapshot timer',
      data,
      { snapshotTimer: true },
      'machine-has-snapshot-timer',
    ],
    ['schedule-backups', 'a data disk', data, {}, 'ok'],
    [
      'schedule-backups',
      'of a machine with a snapshot',
      data,
      { snapshots: 1 },
      'machine-has-snapshots',
    ],
    [
      'schedule-backups',
      'of a machine with a snapshot timer',
      data,
      { snapshotTimer: true },
      'machine-has-snapshot-timer',
    ],
    ['delete-backup-timer', 'that there is', timed, {}, 'ok'],
    ['delete-backup-timer', 'that there is not', data, {}, 'disk-has-no-backup-timer'],
    ['delete-backup-timer', 'of a machine with snapshots', timed, { snapshots: 1 }, 'ok'],
  ])('%s, %s', (id, _which, disk, changes, expected) => {
    const target: DiskTarget = { machine: machine(changes), disk };
    expect(verdictOn(diskActions, id, target)).toBe(expected);
  });

  it.each(stateKinds)('nothing is allowed while %s has not settled', (kind) => {
    const unsettled = machine({ state: state(kind, true), snapshots: 0 });
    for (const { id } of machineActions) {
      expect(verdictOn(machineActions, id, unsettled)).toBe('state-transient');
    }
    for (const { id } of diskActions) {
      const target = { machine: unsettled, disk: timed };
      expect(verdictOn(diskActions, id, target)).toBe('state-transient');
    }
  });
});

describe('deleting an image (E7)', () => {
  it.each<[string, ImageTarget, string]>([
    ['delete-image', { usedBy: 0 }, 'ok'],
    ['delete-image', { usedBy: 2 }, 'image-in-use'],
    ['force-delete-image', { usedBy: 2 }, 'ok'],
    ['force-delete-image', { usedBy: 0 }, 'image-not-in-use'],
  ])('%s of %j', (id, target, expected) => {
    expect(verdictOn(imageActions, id, target)).toBe(expected);
  });

  it('by force is told to the page as a danger, with what follows', () => {
    const force = imageActions.find(({ id }) => id === 'force-delete-image');
    expect(force && describeAction({ id: 'fake' }, force)).toMatchObject({
      cloud: 'fake',
      weight: 'danger',
      confirm: true,
      consequences: [{ id: 'disks-cannot-be-reinitialised' }],
    });
  });
});

it('an action is told as data: its form as JSON Schema, its choices as names of calls', () => {
  const [attach] = machineActions;
  expect(attach && describeAction({ id: 'fake' }, attach)).toMatchObject({
    id: 'attach-disk',
    input: { type: 'object', properties: { disk: { type: 'string' } }, required: ['disk'] },
    choices: { disk: 'disks.free' },
  });
  const schedule = machineActions.find(({ id }) => id === 'schedule-snapshots');
  expect(schedule && describeAction({ id: 'fake' }, schedule).input).toMatchObject({
    properties: {
      period: { enum: ['hour', 'day', 'week', 'month'] },
      keep: { type: 'integer', minimum: 1, maximum: 100 },
    },
  });
});

it('the first rule that forbids is the one that is told', () => {
  expect(word(all(ok, no('first'), no('second')))).toBe('first');
  expect(all()).toEqual(ok);
  expect(settled(state('starting', true))).toEqual(no('state-transient', { state: 'starting' }));
});

describe('own servers', () => {
  const context: CloudContext = {
    account: 'servers',
    clock: systemClock,
    readConfig: () => undefined,
    writeConfig: () => {},
    changed: () => {},
    ready: async () => {},
    secret: async () => undefined,
    vault: undefined as never,
    hostKeys: undefined as never,
    sshConfig: { access: () => undefined, onChange: () => {} },
    isPutBehind: () => undefined,
  };
  const { accountActions, instanceActions } = servers.create(context);
  const target = (of: State) => ({
    instance: { id: 'x', name: 'x', state: of, tags: [], cost: { estimate: true } },
  });

  it.each([
    ['not checked', state('unknown')],
    ['reachable', state('running')],
    ['unreachable', state('unknown')],
  ])('allow every action when %s: nothing of it touches the machine', (_when, of) => {
    expect(instanceActions.map(({ id, allowed }) => [id, word(allowed(target(of)))])).toEqual([
      ['check-server', 'ok'],
      ['edit-server', 'ok'],
      ['forget-host-key', 'ok'],
      ['remove-server', 'ok'],
    ]);
    expect(accountActions.map(({ id, allowed }) => [id, word(allowed(null))])).toEqual([
      ['add-servers', 'ok'],
    ]);
  });

  it('confirm what cannot be taken back', () => {
    const dangers = instanceActions.filter(({ weight }) => weight === 'danger');
    expect(dangers.map(({ id }) => id)).toEqual(['forget-host-key', 'remove-server']);
    for (const { confirm, consequences } of dangers) {
      expect([confirm, consequences.length > 0]).toEqual([true, true]);
    }
  });
});
