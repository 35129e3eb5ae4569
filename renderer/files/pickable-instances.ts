/** Which instances the files page offers: those with a place for SSH, running ones first. */
import type { Instance } from '../../preload/contract/instances.ts';

const mostOffered = 50;

export function pickableInstances(
  instances: readonly Instance[],
  text: string,
): readonly Instance[] {
  const wanted = text.trim().toLocaleLowerCase();
  return instances
    .filter(({ ssh, name }) => ssh && name.toLocaleLowerCase().includes(wanted))
    .sort((a, b) => Number(isRunning(b)) - Number(isRunning(a)) || compareNames(a, b))
    .slice(0, mostOffered);
}

/** Of an own server nobody tells whether it runs. */
const isRunning = ({ state }: Instance): boolean =>
  state.kind === 'running' || state.kind === 'unknown';

const compareNames = (a: Instance, b: Instance): number =>
  a.name.localeCompare(b.name, undefined, { numeric: true });
