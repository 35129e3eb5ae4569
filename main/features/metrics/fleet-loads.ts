/** The load column for clouds that tell metrics themselves: read gently in the background, without any login. */
import { pause } from '../../core/pause.ts';
import type { ConnectedAccount } from '../connected-account.ts';
import type { Fleet } from '../fleet.ts';
import { loadOf } from './load.ts';

export interface FleetLoadsParts {
  readonly fleet: Pick<Fleet, 'connected' | 'instances' | 'setLoad'>;
  now(): number;
}

const everyMs = 20_000;
/** As long as no account has told any. */
const firstEveryMs = 2000;
/** Of each account: a fleet of thousands must not become thousands of requests. */
const maxInstances = 60;
const atOnce = 3;
/** How far back the newest sample is looked for. */
const windowMs = 60_000;

/** @returns how to stop */
export function startFleetLoads({ fleet, now }: FleetLoadsParts): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;

  /** @returns how many instances there are to read */
  async function readAccount(account: ConnectedAccount): Promise<number> {
    const { metrics } = account.cloud.parts;
    if (!metrics) return 0;
    const running = [...fleet.instances.values()].filter(
      (instance) => instance.account === account.id && instance.state.kind === 'running',
    );
    const queue = running.slice(0, maxInstances);
    const work = async () => {
      for (let next = queue.shift(); next && !signal.aborted; next = queue.shift()) {
        const { samples } = await metrics.read(next.id, now() - windowMs, now(), signal);
        const load = loadOf(samples.at(-1));
        if (load) fleet.setLoad(next.key, load);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return running.length;
  }

  async function keepReading(): Promise<void> {
    while (!signal.aborted) {
      let read = 0;
      for (const account of fleet.connected()) {
        // What goes wrong shows at the account's own reading; the column just stays empty.
        read += await readAccount(account).catch(() => 0);
      }
      await pause(read > 0 ? everyMs : firstEveryMs, signal);
    }
  }

  void keepReading();
  return () => stopping.abort();
}
