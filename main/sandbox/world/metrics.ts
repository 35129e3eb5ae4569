/** How busy an instance was: a believable history computed from its load profile, with what its guest really did where known. */
import type { GuestMetrics } from '../guest/guest.ts';
import type { Instance } from './model.ts';
import { hashText } from './random.ts';
import { statusAt } from './timeline.ts';
import { workloadOf } from './workload.ts';

export interface GpuMetric {
  readonly name: string;
  /** 0 to 1. */
  readonly load: number;
  readonly memoryUsedMb: number;
  readonly memoryTotalMb: number;
}

export interface Metric {
  readonly at: number;
  /** 0 to 1. */
  readonly cpu: number;
  readonly memoryUsedMb: number;
  readonly memoryTotalMb: number;
  readonly diskUsedGb: number;
  readonly diskTotalGb: number;
  /** Bytes a second. */
  readonly networkIn: number;
  readonly networkOut: number;
  readonly gpus: readonly GpuMetric[];
}

/** As a guest reports of itself when nothing runs in it. */
const baseMemoryMb = 780;
const imageGb = 18.2;
const idleCpu = 0.012;

/** The same instance and moment always give the same sample; undefined while it does not run: a gap. */
export function metricAt(instance: Instance, at: number): Metric | undefined {
  if (at < instance.createdAt || statusAt(instance.timeline, at) !== 'Running') return undefined;
  const { hardware, id } = instance;
  const activity = activityAt(instance, at);
  const vary = (what: string, value: number) => value * (0.9 + 0.2 * smooth(`${id} ${what}`, at));
  const network = 400 + activity.network;
  return {
    at,
    cpu: share(vary('cpu', idleCpu + activity.cores / hardware.cpuCores)),
    memoryUsedMb: Math.round(vary('memory', baseMemoryMb + activity.memoryMb)),
    memoryTotalMb: hardware.memoryMb,
    diskUsedGb: Math.round(10 * (imageGb + 2 * chance(id))) / 10,
    diskTotalGb: hardware.diskGb,
    networkIn: Math.round(vary('in', network)),
    networkOut: Math.round(vary('out', network / 4)),
    gpus: Array.from({ length: hardware.gpuCount }, (_, index) => ({
      name: hardware.gpuName,
      load: share(vary(`gpu${index}`, activity.gpu)),
      memoryUsedMb: 4 + Math.round(activity.gpuMemory * hardware.gpuMemoryMb),
      memoryTotalMb: hardware.gpuMemoryMb,
    })),
  };
}

/** What its workload takes at a moment, in the measures the guest simulates it by. */
function activityAt({ id, load: profile }: Instance, at: number) {
  const workload = workloadOf[profile];
  if (!workload) return { cores: 0, memoryMb: 0, gpu: 0, gpuMemory: 0, network: 0 };
  const { load, stretchMs, rest, network } = workload;
  const isResting = chance(`${id} rest ${Math.floor(at / stretchMs)}`) < rest;
  const intensity = isResting ? 0.06 : 1;
  return {
    cores: (0.4 + load) * intensity,
    memoryMb: 4200,
    gpu: load * intensity,
    gpuMemory: 0.3 + load / 2,
    network: network * intensity,
  };
}

/** The busier of what is pretended and what the guest really does. */
export function withObserved(metric: Metric, observed: GuestMetrics): Metric {
  return {
    ...metric,
    cpu: share(Math.max(metric.cpu, observed.cpu)),
    memoryUsedMb: Math.max(metric.memoryUsedMb, Math.round(observed.memoryUsedMb)),
    diskUsedGb: Math.max(metric.diskUsedGb, Math.round(10 * observed.diskUsedGb) / 10),
    networkIn: Math.max(metric.networkIn, Math.round(observed.netInBps)),
    networkOut: Math.max(metric.networkOut, Math.round(observed.netOutBps)),
    gpus: metric.gpus.map((gpu, index) => ({
      ...gpu,
      load: share(Math.max(gpu.load, observed.gpus[index]?.load ?? 0)),
      memoryUsedMb: Math.max(gpu.memoryUsedMb, Math.round(observed.gpus[index]?.memoryUsedMb ?? 0)),
    })),
  };
}

const chance = (text: string): number => hashText(text) / 2 ** 32;
/** Within 0 and 1, to four decimals. */
const share = (value: number): number =>
  Math.round(10_000 * Math.min(1, Math.max(0, value))) / 10_000;

const noiseStepMs = 20_000;

/** Noise without jumps: from one value to the next along a straight line. */
function smooth(text: string, at: number): number {
  const step = Math.floor(at / noiseStepMs);
  const share = (at - step * noiseStepMs) / noiseStepMs;
  return chance(`${text} ${step}`) * (1 - share) + chance(`${text} ${step + 1}`) * share;
}
