/** What Glows' console has and its API lacks: money, storage, snapshots, metrics, images. Announced by `/capabilities`. */
import { z } from 'zod';
import { images } from '../../world/catalogue.ts';
import { balanceMilli, computeLines, type LedgerLine, storageLines } from '../../world/ledger.ts';
import { findInstance, renameInstance } from '../../world/lifecycle.ts';
import type { Snapshot } from '../../world/model.ts';
import { deleteSnapshot, renameSnapshot, restoreSnapshot } from '../../world/snapshots.ts';
import { goneAt, planExpiresAt, snapshotStatus, storedItems, usedMb } from '../../world/storage.ts';
import type { World } from '../../world/world.ts';
import { instanceObject } from './instance-object.ts';
import { id, name, nothing, type Route, route, seconds, truth } from './route.ts';

const capabilities = [
  'ports',
  'metrics',
  'billing',
  'storage',
  'mesh',
  'images',
  'stock',
  'snapshots',
  'datadrive',
  'host-keys',
  'auto-release',
  'rename',
];

const moment = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const instanceId = z.object({ instance_id: id });

export const extensionRoutes: readonly Route[] = [
  route('GET', '/capabilities', nothing, () => ({ capabilities })),
  route('PATCH', '/ext/instance', instanceId.extend({ remark: name }), (world, body) => {
    const instance = world.run(renameInstance(body.instance_id, body.remark));
    return { instance: instanceObject(instance, world.state, world.settledNow()) };
  }),
  route(
    'GET',
    '/ext/metrics',
    instanceId.extend({ from: moment, to: moment, step: moment.default(0) }),
    (world, query) => {
      const instance = findInstance(world.state, query.instance_id);
      const { stepMs, samples } = world.meter.history(
        ...([instance, query.from, query.to, query.step] as const),
      );
      return {
        now: world.settledNow(),
        stepMs,
        samples: samples.map((sample) => ({
          at: sample.at,
          cpu: sample.cpu,
          memUsedMB: sample.memoryUsedMb,
          memTotalMB: sample.memoryTotalMb,
          diskUsedGB: sample.diskUsedGb,
          diskTotalGB: sample.diskTotalGb,
          netInBps: sample.networkIn,
          netOutBps: sample.networkOut,
          gpus: sample.gpus.map((gpu) => ({
            name: gpu.name,
            util: gpu.load,
            memUsedMB: gpu.memoryUsedMb,
            memTotalMB: gpu.memoryTotalMb,
          })),
        })),
      };
    },
  ),
  route('GET', '/ext/billing', z.object({ instance_id: id.optional() }), billing),
  route('GET', '/ext/storage', nothing, (world) => {
    const now = world.settledNow();
    const { account } = world.state;
    return {
      quotaMB: account.planQuotaMb,
      usedMB: usedMb(world.state, now),
      expiresAt: planExpiresAt(account, now),
      items: storedItems(world.state, now).map(({ sizeMb, ...item }) => ({
        ...item,
        sizeMB: sizeMb,
      })),
    };
  }),
  route('GET', '/ext/images', nothing, () => ({
    images: images.map((image) => ({
      imageID: image.id,
      imageName: image.name,
      description: image.description,
      sizeMB: image.sizeMb,
      category: image.kind === 'gpu' ? 'GPU' : 'CPU',
    })),
  })),
  route('GET', '/ext/snapshot/list', nothing, (world) => {
    const now = world.settledNow();
    const newestFirst = [...world.state.snapshots.values()].sort(
      (one, other) => other.createdAt - one.createdAt,
    );
    return { snapshots: newestFirst.map((snapshot) => snapshotObject(snapshot, now)) };
  }),
  route('PATCH', '/ext/snapshot', z.object({ snap_id: id, name }), (world, body) =>
    answerSnapshot(world, world.run(renameSnapshot(body.snap_id, body.name))),
  ),
  route(
    'DELETE',
    '/ext/snapshot',
    z.object({ snap_id: id, permanent: truth.default(false) }),
    (world, query) => {
      world.run(deleteSnapshot(query.snap_id, query.permanent));
      return {};
    },
  ),
  route('POST', '/ext/snapshot/restore', z.object({ snap_id: id }), (world, body) =>
    answerSnapshot(world, world.run(restoreSnapshot(body.snap_id))),
  ),
  route('GET', '/ext/datadrives', nothing, (world) => ({
    drives: [...world.state.drives.values()].map((drive) => ({
      id: drive.id,
      regionName: drive.regionName,
      totalMB: drive.totalMb,
      usedMB: drive.pretendedMb + drive.filesMb,
    })),
  })),
];

function billing(world: World, query: { instance_id?: string | undefined }) {
  const now = world.settledNow();
  const { state } = world;
  const lines =
    query.instance_id === undefined
      ? [
          ...[...state.instances.values()].flatMap((instance) => computeLines(instance, now)),
          ...storageLines(state.account, now),
        ]
      : computeLines(findInstance(state, query.instance_id), now);
  return { balanceMilli: balanceMilli(state, now), lines: lines.map(lineObject) };
}

const lineObject = ({ instanceId: instanceID, ...line }: LedgerLine) => ({ ...line, instanceID });

function snapshotObject(snapshot: Snapshot, now: number) {
  const expiresAt = goneAt(snapshot);
  return {
    snapID: snapshot.id,
    name: snapshot.name,
    sizeMB: snapshot.sizeMb,
    status: snapshotStatus(snapshot, now),
    createTime: seconds(snapshot.createdAt),
    sourceInstanceID: snapshot.sourceInstanceId,
    sourceName: snapshot.sourceName,
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

const answerSnapshot = (world: World, snapshot: Snapshot) => ({
  snapshot: snapshotObject(snapshot, world.settledNow()),
});
