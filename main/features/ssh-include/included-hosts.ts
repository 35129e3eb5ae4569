/** The fleet as hosts of OpenSSH's configuration: one for each instance that can be entered, and for each machine on the way. */
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Instance } from '../../../preload/contract/instances.ts';
import { keyNameOf } from '../ssh/outside.ts';
import type { Routes, Way } from '../ssh/routes.ts';
import { hostAliases } from './host-alias.ts';
import type { IncludedHost } from './include-text.ts';

export interface IncludedFleet {
  readonly hosts: readonly IncludedHost[];
  /** By instance key; without those that OpenSSH's own configuration names. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** A large fleet must not keep everything else waiting. */
const atOnce = 100;

/** @param taken names that OpenSSH's configuration already has */
export async function includedFleet(
  instances: readonly Instance[],
  routes: Pick<Routes, 'to'>,
  taken: ReadonlySet<string>,
  homeDirectory: string,
): Promise<IncludedFleet> {
  const ways = new Map<string, Way>();
  for (const [index, { key, ssh, follows }] of instances.entries()) {
    if (!ssh || follows !== undefined) continue;
    if (index % atOnce === 0) await setImmediate();
    // One that cannot be entered now has no place to write down.
    const way = await routes.to(key).catch(() => undefined);
    if (way) ways.set(key, way);
  }
  const aliases = hostAliases(
    instances.filter(({ key }) => ways.has(key)),
    taken,
  );
  const hosts: IncludedHost[] = [];

  /** @param steps how many machines it stands before the target */
  const nameOfHop = (hop: Way, target: string, steps: number): string => {
    if (hop.access.follows !== undefined) return hop.access.follows;
    const instance = hop.instance ?? '';
    const own = aliases.get(instance);
    if (own !== undefined && isSameWay(ways.get(instance)?.via, hop.via)) return own;
    const name = `${target}-via-${steps}`;
    add(name, hop, target, steps);
    return name;
  };
  const add = (alias: string, way: Way, target: string, steps: number): void => {
    const { host, port, user, hostKeyName, publishedHostKeys } = way.access;
    const keyName = keyNameOf(way);
    hosts.push({
      alias,
      host,
      port,
      user,
      hostKeyName,
      publishedHostKeys,
      ...(keyName && { keyFile: join(homeDirectory, '.ssh', keyName) }),
      keepaliveSeconds: way.keepaliveSeconds,
      ...(way.via && { jump: nameOfHop(way.via, target, steps + 1) }),
    });
  };
  for (const [key, alias] of aliases) add(alias, ways.get(key) as Way, alias, 0);
  return { hosts, aliases };
}

/** An instance on the way may be entered through others than when it is the target. */
const isSameWay = (one: Way | undefined, other: Way | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
