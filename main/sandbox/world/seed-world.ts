/** Everything a new sandbox starts with: the fleet, snapshots, data drives, a network group, and money. */
import { regions } from './catalogue.ts';
import { dayMs, spentMilli } from './ledger.ts';
import type { Account, Drive, Instance, MeshGroup, Snapshot, WorldState } from './model.ts';
import { createRandom, randomId } from './random.ts';
import { seedInstances } from './seed-fleet.ts';
import { nextChange } from './timeline.ts';

/** What is left to spend at the start. */
const openingBalanceMilli = 12_408_350;

export function seedWorld(seed: string, now: number): WorldState {
  const random = createRandom(`${seed} world`);
  const instances = seedInstances(seed, now);
  const drives: readonly Drive[] = regions.map((regionName, index) => ({
    id: randomId(random, 'drv'),
    regionName,
    totalMb: 20_480,
    pretendedMb: [410, 96, 6890, 2750][index] ?? 0,
    filesMb: 0,
  }));
  const mounted = instances.map((instance) => mountDrive(instance, drives));
  const state = {
    instances: byId(mounted),
    snapshots: byId(seedSnapshots(mounted, now, () => randomId(random, 'snap'))),
    drives: byId(drives),
    groups: byId([seedGroup(mounted, randomId(random, 'net'))]),
    account: {
      id: 'account',
      paidInMilli: 0,
      planQuotaMb: 51_200,
      planStartedAt: now - 29.4 * dayMs,
      planDayMilli: 400,
    } satisfies Account,
  };
  const paidInMilli = spentMilli(state, now) + openingBalanceMilli;
  return { ...state, account: { ...state.account, paidInMilli } };
}

const byId = <Item extends { readonly id: string }>(items: readonly Item[]) =>
  new Map(items.map((item) => [item.id, item]));

/** Those that train or work through batches keep their data on the region's drive. */
function mountDrive(instance: Instance, drives: readonly Drive[]): Instance {
  const drive = drives.find(({ regionName }) => regionName === instance.regionName);
  if (!drive || !['training', 'batch'].includes(instance.load)) return instance;
  return { ...instance, drive: { driveId: drive.id, readOnly: instance.units > 1 } };
}

function named(instances: readonly Instance[], name: string): Instance {
  const instance = instances.find((candidate) => candidate.name === name);
  if (!instance) throw new Error(`no ${name} among the seeds`);
  return instance;
}

function seedSnapshots(
  instances: readonly Instance[],
  now: number,
  newId: () => string,
): readonly Snapshot[] {
  const snapshot = (
    name: string,
    source: string,
    sizeMb: number,
    daysAgo: number,
    deletedDaysAgo: number | null,
  ): Snapshot => {
    const from = named(instances, source);
    const createdAt = now - daysAgo * dayMs;
    return {
      id: newId(),
      name,
      sizeMb,
      createdAt,
      availableAt: createdAt + 60_000,
      deletedAt: deletedDaysAgo === null ? null : now - deletedDaysAgo * dayMs,
      sourceInstanceId: from.id,
      sourceName: from.name,
      needsGpu: from.hardware.gpuCount > 0,
    };
  };
  const base = named(instances, 'llm-base');
  const saving: Snapshot = {
    ...snapshot('llm-base-2026-11', 'llm-base', base.baseSizeMb, 0, null),
    createdAt: base.timeline.find(({ status }) => status === 'Suspending')?.at ?? now,
    availableAt: nextChange(base.timeline, now) ?? now,
  };
  return [
    saving,
    snapshot('sdxl-env-cu124', 'sdxl-train-02', 6790, 12.2, null),
    snapshot('前處理-乾淨環境', '資料前處理', 1340, 5.8, null),
    snapshot('whisper-large-v3', 'whisper-大型測試', 5210, 13.1, 2.5),
  ];
}

function seedGroup(instances: readonly Instance[], id: string): MeshGroup {
  const members = ['rag-backend', 'ci-runner-a'].map((name, index) => {
    const instance = named(instances, name);
    return { instanceId: instance.id, host: index + 2 };
  });
  return { id, name: 'rag-cluster', capacity: 5, subnet: 1, members };
}
