/** What an instance is doing: samples taken over SSH without an agent, kept for 24 hours. */
import { z } from 'zod';
import { metricRanges } from './constants.ts';
import { call, event, result } from './define.ts';
import type { Failure } from './errors.ts';
import { instanceKeySchema } from './instances.ts';

/** Shares are 0 to 1; sizes in bytes; rates in bytes a second. Absent: the instance does not tell. */
export interface Sample {
  readonly at: string;
  readonly cpu?: number;
  readonly memoryUsed?: number;
  readonly memoryTotal?: number;
  readonly diskUsed?: number;
  readonly diskTotal?: number;
  readonly networkIn?: number;
  readonly networkOut?: number;
  readonly gpus: readonly GpuSample[];
}

export interface GpuSample {
  readonly name: string;
  readonly load: number;
  readonly memoryUsed: number;
  readonly memoryTotal: number;
}

export interface MetricHistory {
  readonly from: string;
  readonly to: string;
  /** Samples are averaged into steps of this length; a step without any sample is left out: a gap. At most 300. */
  readonly stepMs: number;
  readonly samples: readonly Sample[];
}

export const metrics = {
  history: call(
    z.strictObject({ instance: instanceKeySchema, range: z.enum(metricRanges) }),
    result<MetricHistory>(),
  ),
  /** Samples the instance for as long as the call is not cancelled. What goes wrong is told by `failed`, and looking goes on. */
  watch: call(z.strictObject({ instance: instanceKeySchema }), result<null>()),
  sampled: event<{ readonly instance: string; readonly sample: Sample }>(),
  failed: event<{ readonly instance: string; readonly failure: Failure }>(),
};
