/** Watching instances: sampled while a page watches, or while a connection to them is up anyway. */
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { Fact } from '../../../preload/contract/instances.ts';
import type { Sample } from '../../../preload/contract/metrics.ts';
import type { Clock } from '../../core/clock.ts';
import type { Events } from '../../core/events.ts';
import type { Log } from '../../core/log.ts';
import { pause } from '../../core/pause.ts';
import type { Handlers } from '../../core/router.ts';
import type { Fleet } from '../fleet.ts';
import type { Connections } from '../ssh/connections.ts';
import { runScript } from '../ssh/run-script.ts';
import { loadOf } from './load.ts';
import { type Counters, parseProbe, probeScript, toSample } from './probe.ts';
import { rangesMs, type Samples } from './samples.ts';

export interface MonitorParts {
  readonly connections: Connections;
  readonly fleet: Pick<Fleet, 'setLoad' | 'instance' | 'find'>;
  readonly samples: Samples;
  readonly events: Events;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Monitor {
  readonly handlers: Pick<Handlers, 'metrics.history' | 'metrics.watch'>;
  /** A connection to the instance came up or went down. */
  connectionChanged(instance: string): void;
  hardwareFacts(instance: string): readonly Fact[];
  close(): void;
}

const everyMs = 5000;
const afterFirstShellMs = 3000;
/** The second look follows soon, because rates need two. */
const secondLookMs = 1000;
const probeTimeoutMs = 10_000;
/** How far back the cloud is asked for its newest sample. */
const cloudWindowMs = 60_000;
const noCounters = {
  cpuBusy: undefined,
  cpuTotal: undefined,
  networkIn: undefined,
  networkOut: undefined,
};

type BoundMetrics = (
  fromMs: number,
  toMs: number,
  signal: AbortSignal,
) => Promise<{ readonly stepMs: number; readonly samples: readonly Sample[] }>;

export function createMonitor(parts: MonitorParts): Monitor {
  const { connections, fleet, samples, events, clock } = parts;
  const loops = new Map<string, { readonly stop: AbortController; watchers: number }>();
  const hardware = new Map<string, readonly Fact[]>();

  const isWanted = (instance: string) =>
    (loops.get(instance)?.watchers ?? 0) > 0 || connections.isOpenToAll(instance);

  /** The cloud's own metrics, where it has them: no login is needed then. */
  const cloudMetrics = (instance: string): BoundMetrics | undefined => {
    const found = fleet.find(instance);
    const part = found?.account.cloud.parts.metrics;
    return part && ((fromMs, toMs, signal) => part.read(found.target.id, fromMs, toMs, signal));
  };

  const tell = (instance: string, sample: Sample) => {
    const load = loadOf(sample);
    if (load) fleet.setLoad(instance, load);
    events.emit('metrics.sampled', { instance, sample });
  };

  async function lookAtCloud(
    instance: string,
    read: BoundMetrics,
    signal: AbortSignal,
  ): Promise<Counters> {
    const now = clock.now();
    const { samples: newest } = await read(now - cloudWindowMs, now, signal);
    const last = newest.at(-1);
    if (last) tell(instance, last);
    return { ...noCounters, atMs: now };
  }

  async function look(
    instance: string,
    asking: { readonly interactive: boolean; readonly keepsOpen: boolean },
    before: Counters | undefined,
    signal: AbortSignal,
  ): Promise<Counters> {
    const told = cloudMetrics(instance);
    if (told) return lookAtCloud(instance, told, signal);
    const connection = await connections.to(instance);
    const owner = connections.owner('monitor', instance);
    const { channel: output, lease } = await connection.openSession(
      { owner, ...asking, signal },
      (client) => runScript(client, probeScript, { timeoutMs: probeTimeoutMs, signal }),
    );
    lease.release();
    const result = parseProbe(output, clock.now());
    if (!result) throw refusal('unsupported', 'monitor-no-proc');
    hardware.set(instance, result.hardware);
    const sample = toSample(result, before);
    if (sample.cpu !== undefined) {
      samples.add(instance, sample);
    }
    tell(instance, sample);
    return result.counters;
  }

  function start(instance: string): { readonly stop: AbortController; watchers: number } {
    const present = loops.get(instance);
    // One that was told to stop may take a while to end: it serves nobody any more.
    if (present && !present.stop.signal.aborted) return present;
    const loop = { stop: new AbortController(), watchers: 0 };
    loops.set(instance, loop);
    void keepLooking(instance, loop.stop.signal).finally(() => {
      if (loops.get(instance) !== loop) return;
      loops.delete(instance);
      // The background goes on telling it where the cloud does.
      if (!cloudMetrics(instance)) fleet.setLoad(instance, undefined);
    });
    return loop;
  }

  async function keepLooking(instance: string, signal: AbortSignal): Promise<void> {
    let counters: Counters | undefined;
    // The first page that watches may be asked for a password; later looks never ask.
    let interactive = true;
    await Promise.resolve();
    while (!signal.aborted && isWanted(instance)) {
      const wait = counters ? everyMs : secondLookMs;
      try {
        const watched = (loops.get(instance)?.watchers ?? 0) > 0;
        const asking = { interactive: interactive && watched, keepsOpen: watched };
        counters = await look(instance, asking, counters, signal);
      } catch (error) {
        if (signal.aborted) return;
        const failure =
          error instanceof CloudError ? error : new CloudError('internal', 'the probe failed');
        if (failure !== error) parts.log.error('a probe failed', { instance, error });
        events.emit('metrics.failed', { instance, failure: failure.toFailure() });
        counters = undefined;
        await pause(everyMs, signal);
      }
      interactive = false;
      await pause(wait, signal);
    }
  }

  return {
    handlers: {
      'metrics.history': async ({ instance, range }, signal) => {
        const now = clock.now();
        const read = cloudMetrics(instance);
        if (!read) return samples.read(instance, range, now);
        const fromMs = now - rangesMs[range];
        const told = await read(fromMs, now, signal);
        return { from: new Date(fromMs).toISOString(), to: new Date(now).toISOString(), ...told };
      },
      'metrics.watch': ({ instance }, signal) => {
        fleet.instance(instance);
        const loop = start(instance);
        loop.watchers += 1;
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            loop.watchers -= 1;
            if (!isWanted(instance)) loop.stop.abort();
            reject(new CloudError('cancelled', 'cancelled'));
          });
        });
      },
    },
    connectionChanged(instance) {
      if (!connections.isOpenToAll(instance)) return;
      // A server says its message of the day to a connection's first session: that is the person's.
      setTimeout(() => {
        if (connections.isOpenToAll(instance) && !cloudMetrics(instance)) start(instance);
      }, afterFirstShellMs).unref();
    },
    hardwareFacts: (instance) => hardware.get(instance) ?? [],
    close() {
      for (const { stop } of loops.values()) stop.abort();
    },
  };
}
