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

  /** @returns the name of the machine before one */
  const hop = (way: Way, alias: string, depth: number): string => {
    const { follows } = way.access;
    if (follows !== undefined) return follows;
    const own = way.instance === undefined ? undefined : aliases.get(way.instance);
    if (own !== undefined && ways.get(way.instance ?? '')?.via === way.via) return own;
    const name = `${alias}-via-${depth}`;
    add(way, name, `${alias}`, depth);
    return name;
  };
  const add = (way: Way, alias: string, target: string, depth: number) => {
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
      ...(way.via && { jump: hop(way.via, target, depth + 1) }),
    });
  };
  for (const [key, alias] of aliases) add(ways.get(key) as Way, alias, alias, 0);
  return { hosts, aliases };
}
