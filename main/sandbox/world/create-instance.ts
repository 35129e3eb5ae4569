/** Creating an instance from an official image or a snapshot; the same key twice is the same instance. */
import { findSpec, images, multiplyHardware, type Spec } from './catalogue.ts';
import { balanceMilli } from './ledger.ts';
import type {
  Change,
  Command,
  ForwardedPort,
  Instance,
  MountedDrive,
  Placement,
  WorldState,
} from './model.ts';
import { checkedName } from './names.ts';
import { found, Refusal } from './refusal.ts';
import { availableUnits } from './stock.ts';
import { snapshotStatus } from './storage.ts';
import { planCreation } from './timeline.ts';

export interface CreateRequest {
  readonly metaKey: string;
  /** Empty: the id is the name. */
  readonly name: string;
  readonly category: Instance['category'];
  readonly regionName: string;
  readonly machine: { readonly kind: Spec['kind']; readonly name: string };
  readonly units: number;
  readonly source: { readonly kind: 'image' | 'snapshot'; readonly id: string };
  readonly environment: Readonly<Record<string, string>>;
  readonly startCommand: string;
  /** Besides 22 and 8888. */
  readonly ports: readonly PortSettings[];
  readonly drive: MountedDrive | null;
}

export type PortSettings = Pick<ForwardedPort, 'port' | 'protocol'>;

interface Source {
  readonly name: string;
  readonly sizeMb: number;
  readonly kind: Spec['kind'];
}

/** @param placement what makes it reachable, or null when no more instances can be */
export function createInstance(
  request: CreateRequest,
  id: string,
  placement: Placement | null,
): Command<Instance> {
  return (state, now) => {
    const known = findByMetaKey(state, request.metaKey);
    if (known) return { changes: [], value: known };
    const source = findSource(state, request, now);
    const spec = checkMachine(state, request, source, now);
    checkDrive(state, request);
    if (balanceMilli(state, now) <= 0) {
      throw new Refusal('out-of-credit', 'There is no credit left: top up before creating.');
    }
    const snapshotMb = request.source.kind === 'snapshot' ? source.sizeMb : 0;
    const instance: Instance = {
      id,
      metaKey: request.metaKey,
      name: request.name.trim() === '' ? id : checkedName(request.name, 'The name'),
      category: request.category,
      regionName: request.regionName,
      hardware: multiplyHardware(spec.hardware, request.units),
      units: request.units,
      priceCent: spec.priceCent * request.units,
      source: { ...request.source, name: source.name },
      baseSizeMb: source.sizeMb,
      createdAt: now,
      timeline: planCreation(now, snapshotMb),
      autoRelease: false,
      environment: request.environment,
      startCommand: request.startCommand,
      ports: initialPorts(request.ports),
      drive: request.drive,
      load: 'idle',
      placement,
      usesStock: true,
    };
    const changes: Change[] = [{ table: 'instances', id, record: instance }];
    if (request.source.kind === 'snapshot') {
      const copyFrom = `snapshot:${request.source.id}` as const;
      changes.push({ table: 'trees', id: `instance:${id}`, copyFrom });
    }
    return { changes, value: instance };
  };
}

function findByMetaKey(state: WorldState, metaKey: string): Instance | undefined {
  for (const instance of state.instances.values()) {
    if (instance.metaKey === metaKey) return instance;
  }
  return undefined;
}

function findSource(state: WorldState, { source }: CreateRequest, now: number): Source {
  if (source.kind === 'image') {
    return found(
      images.find(({ id }) => id === source.id),
      'image',
      source.id,
    );
  }
  const snapshot = found(state.snapshots.get(source.id), 'snapshot', source.id);
  if (snapshotStatus(snapshot, now) !== 'Available') {
    throw new Refusal('wrong-state', `The snapshot ${snapshot.name} is not available.`);
  }
  return { name: snapshot.name, sizeMb: snapshot.sizeMb, kind: snapshot.needsGpu ? 'gpu' : 'cpu' };
}

function checkMachine(
  state: WorldState,
  { machine, regionName, units }: CreateRequest,
  source: Source,
  now: number,
): Spec {
  const spec = findSpec(machine.kind, machine.name, regionName);
  if (!spec) throw new Refusal('not-found', `There is no ${machine.name} in ${regionName}.`);
  if (source.kind === 'gpu' && machine.kind === 'cpu') {
    throw new Refusal('invalid', `${source.name} needs a GPU.`);
  }
  if (units > spec.maxUnits) {
    throw new Refusal('invalid', `At most ${spec.maxUnits} units of ${machine.name}.`);
  }
  const available = availableUnits(state, spec, regionName, now);
  if (units > available) {
    throw new Refusal(
      'out-of-stock',
      `Out of stock: ${available} units of ${machine.name} are free in ${regionName}, ${units} asked for.`,
    );
  }
  return spec;
}

function checkDrive(state: WorldState, { drive, regionName }: CreateRequest): void {
  if (!drive) return;
  const mounted = found(state.drives.get(drive.driveId), 'data drive', drive.driveId);
  if (mounted.regionName !== regionName) {
    throw new Refusal('invalid', `That data drive is in ${mounted.regionName}, not ${regionName}.`);
  }
}

/** SSH and the notebook are always forwarded; no inner port twice. */
export function initialPorts(asked: readonly PortSettings[]): readonly ForwardedPort[] {
  const ports = new Map(defaultPorts.map((port) => [port.port, port]));
  for (const { port, protocol } of asked) {
    const id = `port-${ports.size + 1}`;
    if (!ports.has(port)) ports.set(port, { id, port, protocol, servicePort: 0 });
  }
  return ports.size === defaultPorts.length ? defaultPorts : [...ports.values()];
}

/** One value for all that have no more: there may be a hundred thousand. */
const defaultPorts: readonly ForwardedPort[] = [
  { id: 'port-1', port: 22, protocol: 'tcp', servicePort: 0 },
  { id: 'port-2', port: 8888, protocol: 'http', servicePort: 0 },
];
