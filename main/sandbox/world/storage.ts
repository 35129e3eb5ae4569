/** What is stored, what the plan holds, and whether more fits. */
import { dayMs } from './ledger.ts';
import type { Account, Snapshot, WorldState } from './model.ts';
import { Refusal } from './refusal.ts';

/** A storage plan is for so long; the sandbox renews it by itself. */
const planLengthMs = 30 * dayMs;
/** A deleted snapshot can be restored for so long. */
const restorableMs = 7 * dayMs;

export type SnapshotStatus = 'Saving' | 'Available' | 'Restorable' | 'Gone';

export function snapshotStatus(snapshot: Snapshot, now: number): SnapshotStatus {
  if (snapshot.deletedAt !== null) {
    return now < snapshot.deletedAt + restorableMs ? 'Restorable' : 'Gone';
  }
  return now < snapshot.availableAt ? 'Saving' : 'Available';
}

/** When a restorable snapshot is gone for good, or undefined. */
export const goneAt = ({ deletedAt }: Snapshot): number | undefined =>
  deletedAt === null ? undefined : deletedAt + restorableMs;

export interface StoredItem {
  readonly kind: 'snapshot' | 'datadrive';
  readonly id: string;
  readonly name: string;
  readonly sizeMb: number;
}

/** Everything that counts against the quota; restorable snapshots do not. */
export function storedItems(state: WorldState, now: number): readonly StoredItem[] {
  const snapshots = [...state.snapshots.values()]
    .filter((snapshot) => ['Saving', 'Available'].includes(snapshotStatus(snapshot, now)))
    .map(({ id, name, sizeMb }) => ({ kind: 'snapshot', id, name, sizeMb }) as const);
  const drives = [...state.drives.values()].map(({ id, regionName, pretendedMb, filesMb }) => ({
    kind: 'datadrive' as const,
    id,
    name: regionName,
    sizeMb: pretendedMb + filesMb,
  }));
  return [...snapshots, ...drives];
}

export function usedMb(state: WorldState, now: number): number {
  return storedItems(state, now).reduce((sum, { sizeMb }) => sum + sizeMb, 0);
}

export function planExpiresAt({ planStartedAt }: Account, now: number): number {
  const periods = Math.max(1, Math.ceil((now - planStartedAt + 1) / planLengthMs));
  return planStartedAt + periods * planLengthMs;
}

const gib = (mb: number) => `${(mb / 1024).toFixed(2)} GiB`;

/** @throws Refusal quota, with what is needed and what is free */
export function checkQuota(state: WorldState, sizeMb: number, now: number): void {
  const freeMb = state.account.planQuotaMb - usedMb(state, now);
  if (sizeMb <= freeMb) return;
  throw new Refusal(
    'quota',
    `Not enough personal storage: ${gib(sizeMb)} needed, ${gib(Math.max(0, freeMb))} of ${gib(state.account.planQuotaMb)} free.`,
  );
}
