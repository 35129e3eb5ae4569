/** What guests really do, sampled while they run, and the history of an instance made from it. */
import type { GuestMetrics } from '../guest/guest.ts';
import type { Guests } from './guests.ts';
import { type Metric, metricAt, withObserved } from './metrics.ts';
import type { Instance } from './model.ts';

export interface MetricsHistory {
  readonly stepMs: number;
  /** A step in which the instance did not run is left out: a gap. */
  readonly samples: readonly Metric[];
}

export interface Meter {
  /** @param stepMs raised where the range would have more steps than can be answered */
  history(instance: Instance, fromMs: number, toMs: number, stepMs: number): MetricsHistory;
  stop(): void;
}

const sampleEveryMs = 5000;
const keptSamples = 720;
const maxSteps = 600;

interface Sample {
  readonly at: number;
  readonly observed: GuestMetrics;
}

export function createMeter(guests: Guests, now: () => number): Meter {
  const samplesOf = new Map<string, Sample[]>();
  const take = () => {
    const at = now();
    for (const [id, guest] of guests.running()) {
      const samples = samplesOf.get(id) ?? [];
      samples.push({ at, observed: guest.metrics() });
      if (samples.length > keptSamples) samples.shift();
      samplesOf.set(id, samples);
    }
  };
  const timer = setInterval(take, sampleEveryMs).unref();

  /** The last sample of the step; for the step that ends now, what the guest does now. */
  function observedIn(id: string, from: number, to: number): GuestMetrics | undefined {
    const guest = guests.of(id);
    if (guest && to >= now() - sampleEveryMs) return guest.metrics();
    return samplesOf.get(id)?.findLast(({ at }) => at >= from && at < to)?.observed;
  }

  return {
    history(instance, fromMs, toMs, stepMs) {
      const end = Math.min(toMs, now());
      const step = Math.max(stepMs, 1000, Math.ceil((end - fromMs) / maxSteps));
      const samples: Metric[] = [];
      for (let at = Math.ceil(fromMs / step) * step; at <= end; at += step) {
        const metric = metricAt(instance, at);
        if (!metric) continue;
        const observed = observedIn(instance.id, at, at + step);
        samples.push(observed ? withObserved(metric, observed) : metric);
      }
      return { stepMs: step, samples };
    },
    stop: () => clearInterval(timer),
  };
}
