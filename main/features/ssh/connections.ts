/** The pool: one connection for each instance and way of logging in. */
import type { HostKeyInfo } from '../../../preload/contract/instances.ts';
import type { PromptOwner } from '../../../preload/contract/prompts.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Fleet } from '../fleet.ts';
import { type ConnectParts, connect, verifyHostKey } from './connect.ts';
import { Connection } from './connection.ts';

export interface Connections {
  /** @throws CloudError when the instance is gone or has no SSH access */
  to(instance: string): Promise<Connection>;
  /** Whether any connection to the instance is up. */
  isUp(instance: string): boolean;
  /** Ends every connection to the instance, because what is at the other end is not the same any more. */
  drop(instance: string): void;
  verifyHostKey(instance: string, signal: AbortSignal): Promise<HostKeyInfo>;
  /** Who asks, for prompts: worded with the instance's name and address. */
  owner(kind: PromptOwner['kind'], instance: string): PromptOwner;
  close(): void;
}

/** After sleep the network needs a moment; attempts made before only fail. */
const resumeGraceMs = 3000;

export function createConnections(
  parts: ConnectParts,
  fleet: Pick<Fleet, 'access' | 'instance'>,
  platform: Pick<Platform, 'onResume' | 'onNetworkChange'>,
  onChange: (instance: string) => void,
): Connections {
  const connections = new Map<string, Map<string, Connection>>();
  const all = () => [...connections.values()].flatMap((ways) => [...ways.values()]);
  const retryAll = () => {
    for (const connection of all()) connection.retryNow();
  };

  platform.onNetworkChange(retryAll);
  platform.onResume(() => {
    for (const connection of all()) connection.drop();
    setTimeout(retryAll, resumeGraceMs).unref();
  });

  const owner: Connections['owner'] = (kind, instance) => {
    const { target } = fleet.instance(instance);
    const address = target.ssh ? `${target.ssh.host}:${target.ssh.port}` : '';
    return { kind, instance, name: target.name, address };
  };

  return {
    async to(instance) {
      const access = await fleet.access(instance);
      const way = JSON.stringify(access);
      const ways = connections.get(instance) ?? new Map<string, Connection>();
      connections.set(instance, ways);
      for (const [other, connection] of ways) {
        if (other !== way && connection.isIdle) ways.delete(other);
      }
      let connection = ways.get(way);
      if (!connection) {
        const changed = () => onChange(instance);
        connection = new Connection((request) => connect(parts, { ...request, access }), changed);
        ways.set(way, connection);
      }
      return connection;
    },
    isUp: (instance) => [...(connections.get(instance)?.values() ?? [])].some(({ isUp }) => isUp),
    drop(instance) {
      for (const connection of connections.get(instance)?.values() ?? []) connection.drop();
    },
    async verifyHostKey(instance, signal) {
      const access = await fleet.access(instance);
      const request = { access, owner: owner('check', instance), interactive: true, signal };
      return verifyHostKey(parts, request);
    },
    owner,
    close() {
      for (const connection of all()) connection.close();
    },
  };
}
