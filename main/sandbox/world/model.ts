/** What the sandbox cloud consists of: plain records; everything that depends on the time is computed from them. */
import type { Phase } from './timeline.ts';

export interface Hardware {
  /** Empty for machines without a GPU. */
  readonly gpuName: string;
  readonly gpuCount: number;
  readonly gpuMemoryMb: number;
  readonly cpuName: string;
  readonly cpuCores: number;
  readonly memoryMb: number;
  readonly diskGb: number;
}

export interface ForwardedPort {
  readonly id: string;
  /** Inside the instance. */
  readonly port: number;
  readonly protocol: 'tcp' | 'http';
  /** A real port of this machine's loopback that leads there, 0 until there is one; those of 22 and 8888 are the placement's. */
  readonly servicePort: number;
}

export interface MountedDrive {
  readonly driveId: string;
  readonly readOnly: boolean;
}

/** What makes an instance reachable; only so many have it, see `placedLimit`. */
export interface Placement {
  readonly password: string;
  readonly notebookToken: string;
  readonly hostKeyPem: string;
  readonly hostPublicKey: string;
  /** Real ports of this machine's loopback; 0 until the guest first ran. */
  readonly sshPort: number;
  readonly httpPort: number;
}

export const loadProfiles = ['training', 'batch', 'interactive', 'idle'] as const;
export type LoadProfile = (typeof loadProfiles)[number];

export interface Instance {
  readonly id: string;
  /** The caller's own key: one key, one instance. */
  readonly metaKey: string;
  readonly name: string;
  readonly category: 'container' | 'vm';
  readonly regionName: string;
  readonly hardware: Hardware;
  readonly units: number;
  /** In hundredths of a credit per hour, all units together. */
  readonly priceCent: number;
  readonly source: {
    readonly kind: 'image' | 'snapshot';
    readonly id: string;
    readonly name: string;
  };
  /** What image and snapshots weigh besides the files the guest really has. */
  readonly baseSizeMb: number;
  readonly createdAt: number;
  /** What was and what will be: the status is looked up by the clock. */
  readonly timeline: readonly Phase[];
  /** Of the snapshot being taken, or the last one. */
  readonly autoRelease: boolean;
  readonly environment: Readonly<Record<string, string>>;
  readonly startCommand: string;
  readonly ports: readonly ForwardedPort[];
  readonly drive: MountedDrive | null;
  readonly load: LoadProfile;
  readonly placement: Placement | null;
  /** Whether its units are taken from the stock on show; seeded ones are not. */
  readonly usesStock: boolean;
}

export interface Snapshot {
  readonly id: string;
  readonly name: string;
  readonly sizeMb: number;
  readonly createdAt: number;
  /** Until then it is being saved. */
  readonly availableAt: number;
  /** When it was put among the restorable ones, or null. */
  readonly deletedAt: number | null;
  readonly sourceInstanceId: string;
  readonly sourceName: string;
  readonly needsGpu: boolean;
}

export interface Drive {
  readonly id: string;
  readonly regionName: string;
  readonly totalMb: number;
  /** Of data the sandbox only pretends to hold. */
  readonly pretendedMb: number;
  /** Of the files really in it. */
  readonly filesMb: number;
}

export interface MeshGroup {
  readonly id: string;
  readonly name: string;
  readonly capacity: number;
  /** The group's number in its private address range. */
  readonly subnet: number;
  readonly members: readonly { readonly instanceId: string; readonly host: number }[];
}

/** Money and the storage plan of the one account there is. */
export interface Account {
  readonly id: 'account';
  readonly paidInMilli: number;
  readonly planQuotaMb: number;
  readonly planStartedAt: number;
  readonly planDayMilli: number;
}

export interface WorldState {
  readonly account: Account;
  readonly instances: ReadonlyMap<string, Instance>;
  readonly snapshots: ReadonlyMap<string, Snapshot>;
  readonly drives: ReadonlyMap<string, Drive>;
  readonly groups: ReadonlyMap<string, MeshGroup>;
}

export interface Tables {
  readonly account: Account;
  readonly instances: Instance;
  readonly snapshots: Snapshot;
  readonly drives: Drive;
  readonly groups: MeshGroup;
}

type RecordChange = {
  [Table in keyof Tables]: {
    readonly table: Table;
    readonly id: string;
    /** Null removes it. */
    readonly record: Tables[Table] | null;
  };
}[keyof Tables];

/** A stored file system: of an instance (without its data drive), of a snapshot, or of a data drive. */
export type TreeKey = `instance:${string}` | `snapshot:${string}` | `drive:${string}`;

type TreeChange =
  | { readonly table: 'trees'; readonly id: TreeKey; readonly copyFrom: TreeKey }
  | { readonly table: 'trees'; readonly id: TreeKey; readonly remove: true };

export type Change = RecordChange | TreeChange;

/** What a command makes of a state: all of it is stored in one transaction, or nothing. */
export interface Outcome<Value> {
  readonly changes: readonly Change[];
  readonly value: Value;
}

/** Looks at the state at a moment, and answers with what is to change. @throws Refusal */
export type Command<Value> = (state: WorldState, now: number) => Outcome<Value>;
