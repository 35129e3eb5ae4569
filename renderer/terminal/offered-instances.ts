/** Which instances the plus of the dock offers: those with a place for SSH, the one looked at first. */
import type { Instance } from '../../preload/contract/instances.ts';

const mostOffered = 50;

export function offeredInstances(
  instances: readonly Instance[],
  text: string,
  selected: string | undefined,
): readonly Instance[] {
  const wanted = text.trim().toLocaleLowerCase();
  const offered: Instance[] = [];
  for (const instance of instances) {
    if (!instance.ssh || !instance.name.toLocaleLowerCase().includes(wanted)) continue;
    if (instance.key === selected) offered.unshift(instance);
    else offered.push(instance);
  }
  return offered.slice(0, mostOffered);
}
