/** What the operator has chosen for a new instance so far, what is wrong with it, and what it comes to. */
import type { DataDrive, HardwareSpec } from '../../preload/contract/catalogue.ts';
import type { Money } from '../../preload/contract/money.ts';
import type { CreateStart } from './create-start.ts';

export interface PortDraft {
  /** As typed. */
  readonly port: string;
  readonly protocol: 'tcp' | 'https';
}

export interface VariableDraft {
  readonly name: string;
  readonly value: string;
}

export interface CreateDraft {
  readonly source: 'image' | 'snapshot';
  readonly imageId: string;
  readonly snapshotId: string;
  readonly kind: HardwareSpec['kind'];
  readonly region: string;
  /** Name of the hardware. */
  readonly hardware: string;
  readonly units: number;
  /** Empty: none. */
  readonly driveId: string;
  readonly driveReadOnly: boolean;
  readonly name: string;
  readonly ports: readonly PortDraft[];
  readonly variables: readonly VariableDraft[];
}

export const emptyDraft = ({ imageId = '', snapshotId }: CreateStart): CreateDraft => ({
  source: snapshotId === undefined ? 'image' : 'snapshot',
  imageId,
  snapshotId: snapshotId ?? '',
  kind: 'gpu',
  region: '',
  hardware: '',
  units: 1,
  driveId: '',
  driveReadOnly: false,
  name: '',
  ports: [],
  variables: [],
});

/** What the catalogue says, as far as it could be read. */
export interface Offered {
  readonly hardware: readonly HardwareSpec[] | undefined;
  readonly drives: readonly DataDrive[] | undefined;
}

/** Regions that have hardware of the kind, by name. */
export const regionsOf = (
  specs: readonly HardwareSpec[],
  kind: HardwareSpec['kind'],
): readonly string[] =>
  [...new Set(specs.filter((spec) => spec.kind === kind).map(({ region }) => region))].sort();

/** Several regions may have hardware of one name: what is chosen is both. */
export const chosenSpec = (
  { kind, region, hardware }: CreateDraft,
  specs: readonly HardwareSpec[],
): HardwareSpec | undefined =>
  specs.find((spec) => spec.kind === kind && spec.region === region && spec.name === hardware);

/** A drive is mounted in its own region only. */
export const chosenDrive = (
  { region, driveId }: CreateDraft,
  drives: readonly DataDrive[],
): DataDrive | undefined => drives.find((drive) => drive.id === driveId && drive.region === region);

export const isOutOfStock = ({ stock }: HardwareSpec): boolean => stock !== undefined && stock < 1;

/** The most units that can be had now: what one instance may have, and what is in stock where that is told. */
export const mostUnits = ({ maxUnits, stock }: HardwareSpec): number =>
  Math.max(1, Math.min(maxUnits, stock ?? maxUnits));

export const priceOf = ({ perHour }: HardwareSpec, units: number): Money => ({
  ...perHour,
  minor: perHour.minor * units,
});

/** With the first region, and in the first region there is when the chosen one has nothing of the kind. */
export function settle(draft: CreateDraft, { hardware }: Offered): CreateDraft {
  if (!hardware) return draft;
  const regions = regionsOf(hardware, draft.kind);
  const region = regions.includes(draft.region) ? draft.region : (regions[0] ?? '');
  const moved = region === draft.region ? draft : { ...draft, region, driveId: '' };
  const spec = chosenSpec(moved, hardware);
  return spec ? { ...moved, units: Math.min(moved.units, mostUnits(spec)) } : moved;
}
