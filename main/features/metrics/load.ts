/** The load of an instance in one figure for each of CPU and GPU. */
import type { Load } from '../../../preload/contract/instances.ts';
import type { Sample } from '../../../preload/contract/metrics.ts';

/** @returns undefined when the sample does not tell */
export function loadOf(sample: Sample | undefined): Load | undefined {
  if (sample?.cpu === undefined) return undefined;
  const { at, cpu, gpus } = sample;
  const busiest = gpus.length > 0 ? { gpu: Math.max(...gpus.map(({ load }) => load)) } : {};
  return { at, cpu, ...busiest };
}
