/** How busy an instance was: a believable history computed from its load profile, with what its guest really did where known. */
import type { GuestMetrics } from '../guest/guest.ts';
import type { Instance, LoadProfile } from './model.ts';
import { hashText } from './random.ts';
import { statusAt } from './timeline.ts';

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

interface Shape {
  readonly cpu: number;
  readonly gpu: number;
  readonly memory: number;
  readonly gpuMemory: number;
  readonly network: number;
  /** How long a stretch of work or rest lasts. */
  readonly stretchMs: number;
  /** How often such a stretch is one of rest. */
  readonly rest: number;
}

const shapes: Readonly<Record<LoadProfile, Shape>> = {
  training: {
    ...{ cpu: 0.34, gpu: 0.94, memory: 0.48, gpuMemory: 0.89, network: 400_000 },
    ...{ stretchMs: 25 * 60_000, rest: 0.12 },
  },
  batch: {
    ...{ cpu: 0.61, gpu: 0.72, memory: 0.55, gpuMemory: 0.63, network: 6_000_000 },
    ...{ stretchMs: 12 * 60_000, rest: 0.3 },
  },
  interactive: {
    ...{ cpu: 0.12, gpu: 0.22, memory: 0.31, gpuMemory: 0.44, network: 90_000 },
    ...{ stretchMs: 6 * 60_000, rest: 0.5 },
  },
  idle: {
    ...{ cpu: 0.01, gpu: 0, memory: 0.06, gpuMemory: 0.01, network: 1500 },
    ...{ stretchMs: 60 * 60_000, rest: 0 },
  },
};

/** The same instance and moment always give the same sample; undefined while it does not run: a gap. */
export function metricAt(instance: Instance, at: number): Metric | undefined {
  if (at < instance.createdAt || statusAt(instance.timeline, at) !== 'Running') return undefined;
  const { hardware, id } = instance;
  const shape = shapes[instance.load];
  const stretch = Math.floor(at / shape.stretchMs);
  const activity = chance(`${id} rest ${stretch}`) < shape.rest ? 0.06 : 1;
  const level = (what: string, of: number, spread: number) =>
    clamp(of * activity + spread * (smooth(`${id} ${what}`, at) - 0.5));
  const held = (what: string, of: number) => clamp(of + 0.02 * (smooth(`${id} ${what}`, at) - 0.5));
  return {
    at,
    cpu: level('cpu', shape.cpu, shape.cpu / 4),
    memoryUsedMb: Math.round(held('memory', shape.memory) * hardware.memoryMb),
    memoryTotalMb: hardware.memoryMb,
    diskUsedGb: round1(instance.baseSizeMb / 1024 + hardware.diskGb * 0.05 * chance(id)),
    diskTotalGb: hardware.diskGb,
    networkIn: Math.round(level('in', 1, 0.6) * shape.network),
    networkOut: Math.round(level('out', 0.3, 0.2) * shape.network),
    gpus: Array.from({ length: hardware.gpuCount }, (_, index) => ({
      name: hardware.gpuName,
      load: level(`gpu${index}`, shape.gpu, shape.gpu / 8),
      memoryUsedMb: Math.round(held(`vram${index}`, shape.gpuMemory) * hardware.gpuMemoryMb),
      memoryTotalMb: hardware.gpuMemoryMb,
    })),
  };
}

/** The busier of what is pretended and what the guest really does. */
export function withObserved(metric: Metric, observed: GuestMetrics): Metric {
  return {
    ...metric,
    cpu: clamp(Math.max(metric.cpu, observed.cpu)),
    memoryUsedMb: Math.max(metric.memoryUsedMb, Math.round(observed.memoryUsedMb)),
    diskUsedGb: Math.max(metric.diskUsedGb, round1(observed.diskUsedGb)),
    networkIn: Math.max(metric.networkIn, Math.round(observed.netInBps)),
    networkOut: Math.max(metric.networkOut, Math.round(observed.netOutBps)),
    gpus: metric.gpus.map((gpu, index) => ({
      ...gpu,
      load: clamp(Math.max(gpu.load, observed.gpus[index]?.load ?? 0)),
      memoryUsedMb: Math.max(gpu.memoryUsedMb, Math.round(observed.gpus[index]?.memoryUsedMb ?? 0)),
    })),
  };
}

const chance = (text: string): number => hashText(text) / 2 ** 32;
const clamp = (share: number): number => Math.round(1000 * Math.min(1, Math.max(0, share))) / 1000;
const round1 = (number: number): number => Math.round(number * 10) / 10;

const noiseStepMs = 20_000;

/** Noise without jumps: from one value to the next along a straight line. */
function smooth(text: string, at: number): number {
  const step = Math.floor(at / noiseStepMs);
  const share = (at - step * noiseStepMs) / noiseStepMs;
  return chance(`${text} ${step}`) * (1 - share) + chance(`${text} ${step + 1}`) * share;
}
