/** A Glows.ai instance in our words: its state, its price, the way in, its facts. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { Fact, State } from '../../../preload/contract/instances.ts';
import { type Money, priceForDuration } from '../../../preload/contract/money.ts';
import type { Clock } from '../../core/clock.ts';
import type { CloudInstance, SshAccess } from '../cloud.ts';
import type { GlowsInstance } from './answers.ts';

/** Glows.ai's own unit; amounts have three decimals. */
const currency = 'credits';

const second = 1000;

type StateParts = Pick<State, 'kind' | 'transient' | 'billed'>;

/** The words seen so far; the docs do not list them. Only Running is billed (seed, 實例狀態). */
const states: Readonly<Record<string, StateParts>> = {
  SchedQueued: { kind: 'creating', transient: true, billed: 'none' },
  Creating: { kind: 'creating', transient: true, billed: 'none' },
  Running: { kind: 'running', transient: false, billed: 'full' },
  Suspending: { kind: 'snapshotting', transient: true, billed: 'none' },
  Paused: { kind: 'snapshotting', transient: true, billed: 'none' },
  Releasing: { kind: 'releasing', transient: true, billed: 'none' },
  Released: { kind: 'released', transient: false, billed: 'none' },
};

/** A word nobody has seen is shown as it is, never guessed. */
export function stateOf(word: string): State {
  const known = Object.hasOwn(states, word) ? states[word] : undefined;
  return { word, ...(known ?? { kind: 'unknown', transient: false, billed: 'unknown' }) };
}

/** Hundredths of a credit per hour, as Money. */
export const pricePerHour = (priceCent: number): Money => ({
  currency,
  minor: Math.round(priceCent * 10),
  decimals: 3,
});

/** The service port stands in the URL (`ssh://host:15692`); `listenPort` is the port inside. Empty until placed. */
export function sshAddress(instance: GlowsInstance) {
  const access = instance.accesses.find(({ protocol, url }) => protocol === 'ssh' && url !== '');
  const [, host, port] =
    /^ssh:\/\/([^/:\s]+|\[[^\]\s]+\]):(\d{1,5})\/?$/.exec(access?.url ?? '') ?? [];
  if (!host || !port) return undefined;
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port),
    user: instance.sshCred?.user || 'root',
  };
}

/** As operators say it; the whole name stands among the hardware. */
const shortGpuName = (name: string): string => name.replace(/^(NVIDIA )?(GeForce |Tesla )?/, '');

export function toInstance(instance: GlowsInstance, clock: Clock): CloudInstance {
  const { hardware } = instance;
  const gpuCount = hardware?.gpuNum ?? 0;
  const gpu =
    hardware?.gpuName && `${shortGpuName(hardware.gpuName)}${gpuCount > 1 ? ` ×${gpuCount}` : ''}`;
  const ssh = sshAddress(instance);
  const createdAt = instance.createTime && instance.createTime.seconds * second;
  const state = stateOf(instance.status);
  const perHour = instance.priceCent == null ? undefined : pricePerHour(instance.priceCent);
  return {
    id: instance.instanceID,
    name: instance.remark || instance.instanceID,
    state,
    tags: [],
    ...(ssh && { ssh }),
    ...(instance.regionName && { region: instance.regionName }),
    ...(gpu && { gpu }),
    ...(createdAt && { since: new Date(createdAt).toISOString() }),
    cost: costOf(instance, state, perHour, createdAt || undefined, clock),
  };
}

/** What the cloud states is taken as it is; else price × time while it runs, marked as an estimate. */
function costOf(
  instance: GlowsInstance,
  state: State,
  perHour: Money | undefined,
  createdAt: number | undefined,
  clock: Clock,
): CloudInstance['cost'] {
  const price = perHour && state.billed === 'full' ? { perHour } : {};
  if (instance.accruedMilli != null) {
    return {
      ...price,
      accrued: { currency, minor: instance.accruedMilli, decimals: 3 },
      estimate: false,
    };
  }
  if (!perHour || createdAt === undefined || state.kind !== 'running') {
    return { ...price, estimate: true };
  }
  const accrued = priceForDuration(perHour, Math.max(clock.now() - createdAt, 0));
  return { ...price, accrued, estimate: true };
}

export function toAccess(instance: GlowsInstance): SshAccess {
  const address = sshAddress(instance);
  if (!address || instance.status !== 'Running') {
    throw refusal('conflict', 'glows-not-reachable', { state: instance.status });
  }
  return {
    ...address,
    // Addresses are used again for other instances: keys are known by the instance's own id.
    hostKeyName: `glows-${instance.instanceID}`.toLowerCase(),
    publishedHostKeys: instance.hostKeys,
    login: { kind: 'given-password', read: async () => instance.sshCred?.password },
  };
}

export function configFacts(instance: GlowsInstance): readonly Fact[] {
  const facts: readonly (readonly [string, string | number | undefined])[] = [
    ['image', instance.baseImage?.imageName],
    ['image-id', instance.baseImage?.imageID],
    ['snapshot', instance.baseSnap?.name],
    ['category', instance.category],
    ['region', instance.regionName],
    ['start-command', instance.cmd],
    ['environment', instance.envs],
    ['meta-key', instance.metaKey],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value: String(value) }] : []));
}

export function hardwareFacts(instance: GlowsInstance): readonly Fact[] {
  const { hardware } = instance;
  if (!hardware) return [];
  const gibibytes = (megabytes: number | undefined) =>
    megabytes ? `${(megabytes / 1024).toFixed(0)} GiB` : undefined;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['gpu', hardware.gpuName && `${hardware.gpuName} × ${hardware.gpuNum ?? 1}`],
    ['gpu-memory', gibibytes(hardware.gpuRamMB)],
    ['cpu-model', hardware.cpuName],
    ['cpu-count', hardware.cpuCoresNum ? String(hardware.cpuCoresNum) : undefined],
    ['memory', gibibytes(hardware.ramMB)],
    ['storage', hardware.diskGB ? `${hardware.diskGB} GB` : undefined],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}
