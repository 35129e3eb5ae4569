/** Small worlds for tests of the sandbox's pure part. */

import { initialPorts } from '../../main/sandbox/world/create-instance.ts';
import type { Account, Change, Instance, WorldState } from '../../main/sandbox/world/model.ts';
import { createTables } from '../../main/sandbox/world/tables.ts';

export function emptyWorld(account: Partial<Omit<Account, 'id'>> = {}): WorldState {
  return {
    account: {
      id: 'account',
      paidInMilli: 1_000_000,
      planQuotaMb: 51_200,
      planStartedAt: 0,
      planDayMilli: 0,
      ...account,
    },
    instances: new Map(),
    snapshots: new Map(),
    drives: new Map(),
    groups: new Map(),
  };
}

/** The state after the changes; the given one stays as it is. */
export function applyTo(state: WorldState, changes: readonly Change[]): WorldState {
  const tables = createTables(state);
  tables.apply(changes);
  return tables.state;
}

export interface RunningOptions {
  readonly priceCent?: number;
  readonly runningFrom?: number;
  readonly baseSizeMb?: number;
}

export function runningInstance(id: string, options: RunningOptions = {}): Instance {
  return {
    id,
    metaKey: `key-${id}`,
    name: id,
    category: 'container',
    regionName: 'TW-03',
    hardware: {
      gpuName: 'NVIDIA GeForce RTX 4090',
      gpuCount: 1,
      gpuMemoryMb: 24_564,
      cpuName: 'cpu',
      cpuCores: 16,
      memoryMb: 65_536,
      diskGb: 200,
    },
    units: 1,
    priceCent: options.priceCent ?? 65,
    source: { kind: 'image', id: 'img-pytorch26', name: 'PyTorch' },
    baseSizeMb: options.baseSizeMb ?? 7420,
    createdAt: options.runningFrom ?? 0,
    timeline: [{ status: 'Running', at: options.runningFrom ?? 0 }],
    autoRelease: false,
    environment: {},
    startCommand: '',
    ports: initialPorts([]),
    drive: null,
    load: 'idle',
    placement: null,
    usesStock: false,
  };
}
