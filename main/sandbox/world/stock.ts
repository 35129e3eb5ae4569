/** How many units of a machine are free: others come and go by the clock, and what was created here counts too. */
import { type Spec, specName } from './catalogue.ts';
import type { Instance, WorldState } from './model.ts';
import { hashText } from './random.ts';
import { statusAt } from './timeline.ts';

/** Others keep what they have for this long. */
export const demandChangesEveryMs = 10 * 60_000;

/** Share of the capacity in use by others; scarce machines are all in use two times of three. */
function othersUse({ demand, capacity }: Spec, place: string, now: number): number {
  const period = Math.floor(now / demandChangesEveryMs);
  const chance = (hashText(`${place} ${period}`) % 1000) / 1000;
  switch (demand) {
    case 'low':
      return Math.floor(capacity * (0.3 + 0.3 * chance));
    case 'high':
      return Math.floor(capacity * (0.6 + 0.3 * chance));
    case 'scarce':
      return period % 3 === 0 ? capacity - 2 : capacity;
  }
}

const machineName = ({ hardware }: Instance) => hardware.gpuName || hardware.cpuName;

export function availableUnits(state: WorldState, spec: Spec, region: string, now: number): number {
  const name = specName(spec);
  let free = spec.capacity - othersUse(spec, `${name} ${region}`, now);
  for (const instance of state.instances.values()) {
    if (!instance.usesStock || instance.regionName !== region) continue;
    if (machineName(instance) !== name) continue;
    if (statusAt(instance.timeline, now) !== 'Released') free -= instance.units;
  }
  return Math.max(0, free);
}
