/** A cloud of a few lines that holds the hardest rules of mission.md, so that the interface is known to carry them. */
import { z } from 'zod';
import {
  type Action,
  action,
  all,
  type CloudInstance,
  type CloudKind,
  type InstanceTarget,
  no,
  ok,
  settled,
  type Verdict,
} from '../../main/clouds/cloud.ts';
import type { State } from '../../preload/contract/instances.ts';

export interface FakeDisk {
  readonly id: string;
  readonly system: boolean;
  readonly backups: number;
  readonly backupTimer: boolean;
}

export interface FakeMachine {
  readonly id: string;
  readonly state: State;
  readonly snapshots: number;
  readonly snapshotTimer: boolean;
  readonly disks: readonly FakeDisk[];
}

export interface DiskTarget {
  readonly machine: FakeMachine;
  readonly disk: FakeDisk;
}

export interface ImageTarget {
  readonly usedBy: number;
}

const noInput = z.strictObject({});
const timerInput = z.strictObject({
  period: z.enum(['hour', 'day', 'week', 'month']),
  keep: z.int().min(1).max(100),
});

const common = {
  target: 'instance',
  weight: 'normal',
  confirm: false,
  consequences: [],
  input: noInput,
  choices: {},
  plan: () => [],
} as const;

const withoutSnapshots = ({ snapshots }: FakeMachine): Verdict =>
  snapshots > 0 ? no('machine-has-snapshots', { count: snapshots }) : ok;
const withoutSnapshotTimer = ({ snapshotTimer }: FakeMachine): Verdict =>
  snapshotTimer ? no('machine-has-snapshot-timer') : ok;
const withoutDiskBackups = ({ disks }: FakeMachine): Verdict => {
  const backedUp = disks.find(({ backups, backupTimer }) => backups > 0 || backupTimer);
  return backedUp ? no('disk-has-backups', { disk: backedUp.id }) : ok;
};
const notTheSystemDisk = ({ system }: FakeDisk): Verdict => (system ? no('disk-is-system') : ok);
const stopped = ({ state }: FakeMachine): Verdict =>
  state.kind === 'stopped' ? ok : no('machine-not-stopped', { state: state.word });

/** Rows H15 and H17, as far as they are about the machine. */
export const machineActions: readonly Action<FakeMachine>[] = [
  action<FakeMachine, { readonly disk: string }>({
    ...common,
    id: 'attach-disk',
    input: z.strictObject({ disk: z.string() }),
    choices: { disk: 'disks.free' },
    allowed: (machine) => all(settled(machine.state), withoutSnapshots(machine)),
  }),
  action<FakeMachine, Record<string, never>>({
    ...common,
    id: 'take-snapshot',
    allowed: (machine) => all(settled(machine.state), withoutDiskBackups(machine)),
  }),
  action<FakeMachine, z.infer<typeof timerInput>>({
    ...common,
    id: 'schedule-snapshots',
    input: timerInput,
    allowed: (machine) => all(settled(machine.state), withoutDiskBackups(machine)),
  }),
  action<FakeMachine, Record<string, never>>({
    ...common,
    id: 'roll-back',
    weight: 'danger',
    confirm: true,
    consequences: [{ id: 'roll-back-overwrites' }],
    allowed: (machine) =>
      all(
        settled(machine.state),
        stopped(machine),
        machine.snapshots > 0 ? ok : no('machine-has-no-snapshot'),
        withoutDiskBackups(machine),
      ),
  }),
];

/** Row H15, as far as it is about one disk. */
export const diskActions: readonly Action<DiskTarget>[] = [
  action<DiskTarget, Record<string, never>>({
    ...common,
    id: 'detach-disk',
    weight: 'danger',
    confirm: true,
    allowed: ({ machine, disk }) =>
      all(settled(machine.state), notTheSystemDisk(disk), withoutSnapshots(machine)),
  }),
  action<DiskTarget, Record<string, never>>({
    ...common,
    id: 'back-up-disk',
    allowed: ({ machine }) =>
      all(settled(machine.state), withoutSnapshots(machine), withoutSnapshotTimer(machine)),
  }),
  action<DiskTarget, z.infer<typeof timerInput>>({
    ...common,
    id: 'schedule-backups',
    input: timerInput,
    allowed: ({ machine }) =>
      all(settled(machine.state), withoutSnapshots(machine), withoutSnapshotTimer(machine)),
  }),
  action<DiskTarget, Record<string, never>>({
    ...common,
    id: 'delete-backup-timer',
    consequences: [{ id: 'backups-stay' }],
    allowed: ({ machine, disk }) =>
      all(settled(machine.state), disk.backupTimer ? ok : no('disk-has-no-backup-timer')),
  }),
];

/** Row E7. */
export const imageActions: readonly Action<ImageTarget>[] = [
  action<ImageTarget, Record<string, never>>({
    ...common,
    target: 'account',
    id: 'delete-image',
    weight: 'danger',
    confirm: true,
    allowed: ({ usedBy }) => (usedBy > 0 ? no('image-in-use', { count: usedBy }) : ok),
  }),
  action<ImageTarget, Record<string, never>>({
    ...common,
    target: 'account',
    id: 'force-delete-image',
    weight: 'danger',
    confirm: true,
    consequences: [{ id: 'disks-cannot-be-reinitialised' }],
    allowed: ({ usedBy }) => (usedBy > 0 ? ok : no('image-not-in-use')),
  }),
];

/** @param done told of every action that was carried out */
export function fakeCloud(
  machines: readonly FakeMachine[],
  done: (action: string) => void,
): CloudKind {
  const machineOf = ({ instance }: InstanceTarget) => {
    const machine = machines.find(({ id }) => id === instance.id);
    if (!machine) throw new Error('no such machine');
    return machine;
  };
  const instance = ({ id, state }: FakeMachine): CloudInstance => ({
    id,
    name: id,
    state,
    tags: [],
    cost: { estimate: true },
  });
  return {
    id: 'fake',
    create: () => ({
      cloud: {
        check: async () => {},
        readEveryMs: 60_000,
        listInstances: async () => machines.map(instance),
        parts: {},
      },
      accountActions: [],
      instanceActions: machineActions.map((own) =>
        action<InstanceTarget, unknown>({
          ...own,
          allowed: (target) => own.allowed(machineOf(target)),
          plan: () => [
            {
              id: own.id,
              async run() {
                done(own.id);
                return { facts: [], created: [] };
              },
            },
          ],
        }),
      ),
    }),
  };
}
