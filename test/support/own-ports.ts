/** Ports that nobody but this process is given: one that is let go of for a moment, as by a server that is down, is still free when it is wanted again. */
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that any system hands out to whoever asks for any port. */
const firstPort = 20_000;
const ranges = 30;
const rangePorts = 400;
/** A tunnel takes the first port free above the one it leads to: there is room for that between two, and for two hundred above the last. */
const step = 7;
export const ownPorts = 175;

/** A process has one range for all its tests: this is what it has taken of it. */
const own: { range?: Promise<number | undefined>; given: number } = { given: 0 };

/** A port that was not given before, until all were; somebody else may listen on it all the same. 0, which is any, where too many processes test at once. */
export async function nextPort(): Promise<number> {
  own.range ??= claimRange();
  const base = await own.range;
  if (base === undefined) return 0;
  const perLap = ownPorts / step;
  const lap = Math.floor(own.given / perLap) % step;
  const place = own.given % perLap;
  own.given += 1;
  return base + ownPorts - place * step - lap;
}

/** The first port of a range is its lock: whoever listens there has the range, until its process ends. */
async function claimRange(): Promise<number | undefined> {
  const beginning = process.pid % ranges;
  for (let tried = 0; tried < ranges; tried += 1) {
    const base = firstPort + ((beginning + tried) % ranges) * rangePorts;
    const lock = createServer().unref();
    try {
      await once(lock.listen({ port: base, host: '127.0.0.1', exclusive: true }), 'listening');
      return base;
    } catch {
      // It is another process's.
    }
  }
  return undefined;
}
