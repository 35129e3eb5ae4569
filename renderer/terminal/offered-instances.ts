/** Which instances a choice of one offers: those with a place for SSH, the one looked at first, then names that begin with what was typed, for Enter takes the first. */
import type { Instance } from '../../preload/contract/instances.ts';

const mostOffered = 50;

export function offeredInstances(
  instances: readonly Instance[],
  text: string,
  selected: string | undefined,
): readonly Instance[] {
  const wanted = text.trim().toLocaleLowerCase();
  const lookedAt: Instance[] = [];
  const beginning: Instance[] = [];
  const containing: Instance[] = [];
  for (const instance of instances) {
    if (!instance.ssh) continue;
    const found = instance.name.toLocaleLowerCase().indexOf(wanted);
    if (found === -1) continue;
    if (instance.key === selected) lookedAt.push(instance);
    else if (found === 0) beginning.push(instance);
    else containing.push(instance);
  }
  return [...lookedAt, ...beginning, ...containing].slice(0, mostOffered);
}
