/** Snapshot, release and rename: what may be done to an instance, and when. */
import type { Change, Command, Instance, Snapshot, WorldState } from './model.ts';
import { checkedName } from './names.ts';
import { found, Refusal } from './refusal.ts';
import { checkQuota } from './storage.ts';
import {
  planRelease,
  planSnapshot,
  releaseAfterSnapshot,
  type Status,
  savingMs,
  statusAt,
} from './timeline.ts';

export function findInstance(state: WorldState, id: string): Instance {
  return found(state.instances.get(id), 'instance', id);
}

/** @throws Refusal wrong-state unless the instance is in one of them */
export function checkStatus(
  instance: Instance,
  now: number,
  allowed: readonly Status[],
  verb: string,
): void {
  const status = statusAt(instance.timeline, now);
  if (allowed.includes(status)) return;
  throw new Refusal(
    'wrong-state',
    `${instance.id} is ${status}: it can be ${verb} only while ${allowed.join(', ')}.`,
  );
}

export interface SnapshotRequest {
  readonly instanceId: string;
  readonly snapshotId: string;
  readonly name: string;
  readonly autoRelease: boolean;
  /** Of the files the guest really has, without /datadrive. */
  readonly filesMb: number;
}

/** Refused beforehand when the storage does not suffice. The files are those stored with the instance at that moment. */
export function takeSnapshot(request: SnapshotRequest): Command<Snapshot> {
  return (state, now) => {
    const instance = findInstance(state, request.instanceId);
    checkStatus(instance, now, ['Running'], 'snapshotted');
    const name = checkedName(request.name, 'The name');
    const sizeMb = instance.baseSizeMb + request.filesMb;
    checkQuota(state, sizeMb, now);
    return plan(instance, { ...request, name }, sizeMb, now);
  };
}

function plan(
  instance: Instance,
  { snapshotId, name, autoRelease }: Omit<SnapshotRequest, 'filesMb'>,
  sizeMb: number,
  now: number,
): { readonly changes: readonly Change[]; readonly value: Snapshot } {
  const snapshot: Snapshot = {
    id: snapshotId,
    name,
    sizeMb,
    createdAt: now,
    availableAt: now + savingMs(sizeMb),
    deletedAt: null,
    sourceInstanceId: instance.id,
    sourceName: instance.name,
    needsGpu: instance.hardware.gpuCount > 0,
  };
  const timeline = planSnapshot(instance.timeline, now, sizeMb, { autoRelease });
  return {
    value: snapshot,
    changes: [
      { table: 'snapshots', id: snapshotId, record: snapshot },
      {
        table: 'trees',
        id: `snapshot:${snapshotId}`,
        copyFrom: `instance:${instance.id}`,
      },
      { table: 'instances', id: instance.id, record: { ...instance, autoRelease, timeline } },
    ],
  };
}

/**
 * What the platform does to an instance when the credit is used up: nothing goes on costing, and nothing is
 * lost. The rescue is not held against the quota. The snapshot's id follows from the instance's and the moment.
 */
export function rescue(instance: Instance, now: number): readonly Change[] {
  const put = (timeline: Instance['timeline'], autoRelease: boolean): readonly Change[] => [
    { table: 'instances', id: instance.id, record: { ...instance, autoRelease, timeline } },
  ];
  switch (statusAt(instance.timeline, now)) {
    case 'Running': {
      const request = {
        instanceId: instance.id,
        snapshotId: `snap-out-${instance.id.replace(/^ins-/, '')}-${now.toString(36)}`,
        name: `${[...instance.name].slice(0, 40).join('')} (out of credit)`,
        autoRelease: true,
      };
      return plan(instance, request, instance.baseSizeMb, now).changes;
    }
    case 'Suspending':
    case 'Paused':
      if (instance.autoRelease) return [];
      return put(releaseAfterSnapshot(instance.timeline, now), true);
    case 'SchedQueued':
    case 'Creating':
      return put(planRelease(instance.timeline, now), false);
    case 'Releasing':
    case 'Released':
      return [];
  }
}

/** Irreversible: its files are gone with it. */
export function releaseInstance(id: string): Command<Instance> {
  return (state, now) => {
    const instance = findInstance(state, id);
    checkStatus(instance, now, ['Running', 'SchedQueued', 'Creating'], 'released');
    const released = { ...instance, timeline: planRelease(instance.timeline, now) };
    return {
      value: released,
      changes: [
        { table: 'instances', id, record: released },
        { table: 'trees', id: `instance:${id}`, remove: true },
      ],
    };
  };
}

export function renameInstance(id: string, name: string): Command<Instance> {
  return (state, now) => {
    const instance = findInstance(state, id);
    checkStatus(instance, now, ['SchedQueued', 'Creating', 'Running'], 'renamed');
    const renamed = { ...instance, name: checkedName(name, 'The name') };
    return { changes: [{ table: 'instances', id, record: renamed }], value: renamed };
  };
}
