/** The pool: one connection for each machine and way of entering it, shared by all who use it. */
import type { CloudError } from '../../../preload/contract/errors.ts';
import type { HostKeyInfo } from '../../../preload/contract/instances.ts';
import type { PromptOwner } from '../../../preload/contract/prompts.ts';
import type { SshAccess } from '../../clouds/cloud.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Fleet } from '../fleet.ts';
import type { ConnectParts } from './connect.ts';
import { Connection } from './connection.ts';
import { type DialParts, dialWay, verifyHostKeyOf } from './dial-way.ts';
import { questionsOfKey } from './key-proof.ts';
import type { Dial } from './lease.ts';
import type { ProxyConsents } from './proxy-consent.ts';
import { createRetrySchedule } from './retry-schedule.ts';
import type { Routes, Way } from './routes.ts';
import { takeLeave } from './take-leave.ts';
import { secretIdsOf } from './way-secrets.ts';

export interface Connections {
  /**
   * @param user who wants it, where connections are not shared; those who name none share one
   * @throws CloudError when the instance is gone or has no SSH access
   */
  to(instance: string, user?: string): Promise<Connection>;
  /** Whether any connection to the instance is up. */
  isUp(instance: string): boolean;
  /** Whether one is up that anybody may use, not one of a single user's. */
  isOpenToAll(instance: string): boolean;
  /** Ends every connection to the instance, because what is at the other end is not the same any more. */
  drop(instance: string): void;
  verifyHostKey(instance: string, signal: AbortSignal): Promise<HostKeyInfo>;
  /** Logs in on a connection of its own with nothing but a key of the home directory, and leaves. @throws CloudError */
  proveKey(instance: string, keyName: string, signal: AbortSignal): Promise<void>;
  /** Who asks, for prompts: worded with the instance's name and address. */
  owner(kind: PromptOwner['kind'], instance: string): PromptOwner;
  close(): void;
}

export interface ConnectionsParts {
  readonly connect: ConnectParts;
  readonly routes: Routes;
  readonly proxyConsents: ProxyConsents;
  readonly fleet: Pick<Fleet, 'instance'>;
  readonly platform: Pick<
    Platform,
    'onResume' | 'onNetworkChange' | 'isOnline' | 'hasAddress' | 'startProxyCommand'
  >;
  onChange(instance: string): void;
}

/** After sleep the network needs a moment; attempts made before only fail. */
const resumeGraceMs = 8000;

interface Pooled {
  /** As it was dialled last, or is to be. */
  way: Way;
  key: string;
  readonly instance: string | undefined;
  /** Empty for all. */
  readonly user: string;
  /** Asked for by the instance's name, not only as one on the way to another. */
  isTarget: boolean;
  /** Of its secrets, when somebody asked for it last. */
  secrets: string;
  readonly connection: Connection;
}

const keyOf = (way: Way, user: string): string => JSON.stringify([way, user]);

export function createConnections(parts: ConnectionsParts): Connections {
  const { routes, platform, fleet, onChange } = parts;
  const pool = new Set<Pooled>();
  const of = (instance: string) => [...pool].filter((pooled) => pooled.instance === instance);

  const versionsOf = (way: Way) => secretIdsOf(way).map(parts.connect.vault.versionOf).join(' ');

  const pooledFor = (way: Way, user: string): Pooled => {
    const key = keyOf(way, user);
    for (const other of of(way.instance ?? '')) {
      if (other.key !== key && other.connection.isIdle) pool.delete(other);
    }
    const found = [...pool].find((pooled) => pooled.key === key) ?? create(way, user, key);
    // A key cannot tell how a password is read.
    found.way = way;
    const secrets = versionsOf(way);
    if (found.secrets !== secrets) found.connection.forgive();
    found.secrets = secrets;
    return found;
  };

  function create(way: Way, user: string, key: string): Pooled {
    const { instance } = way;
    const again: Dial = (request) => dialWay(dialParts, pooled.way, request);
    const connection = new Connection(
      async (request) => {
        pooled.way = await wayNow(pooled);
        pooled.key = keyOf(pooled.way, user);
        return again(request);
      },
      () => {
        // Somebody may still hold one that was idle for a while.
        if (connection.isUp) pool.add(pooled);
        if (instance !== undefined) onChange(instance);
      },
      createRetrySchedule(() => leadsToLoopback(pooled.way) || platform.isOnline()),
      again,
    );
    const pooled: Pooled = {
      way,
      key,
      instance,
      user,
      isTarget: false,
      secrets: versionsOf(way),
      connection,
    };
    pool.add(pooled);
    return pooled;
  }

  /** Whoever waits for long is let in by the way there is by then; while nobody can tell, by the one there was. */
  async function wayNow({ way, instance, isTarget }: Pooled): Promise<Way> {
    if (instance === undefined || !isTarget) return way;
    try {
      return await routes.to(instance);
    } catch (error) {
      const { code, rule } = error as CloudError;
      if (code === 'conflict' || rule?.id === 'instance-gone') return way;
      throw error;
    }
  }

  const dialParts: DialParts = {
    connect: parts.connect,
    proxyConsents: parts.proxyConsents,
    startProxyCommand: platform.startProxyCommand,
    connectionTo: (way) => pooledFor(way, '').connection,
  };

  const isOurs = (address: string) => isLoopback(address) || platform.hasAddress(address);
  platform.onNetworkChange(() => {
    for (const { connection } of [...pool]) {
      // Without any network nothing better could be dialled: a cable put back in may save what there is.
      if (platform.isOnline()) connection.moveTo(isOurs);
      connection.retryNow();
    }
  });
  platform.onResume(() => {
    for (const { connection } of pool) connection.resumeAfter(resumeGraceMs);
  });

  const owner: Connections['owner'] = (kind, instance) => {
    const { target } = fleet.instance(instance);
    const address = target.ssh ? `${target.ssh.host}:${target.ssh.port}` : '';
    return { kind, instance, name: target.name, address };
  };

  return {
    async to(instance, user) {
      const way = await routes.to(instance);
      const pooled = pooledFor(way, routes.isShared(instance) ? '' : (user ?? ''));
      pooled.isTarget = true;
      return pooled.connection;
    },
    isUp: (instance) => of(instance).some(({ connection }) => connection.isUp),
    isOpenToAll: (instance) =>
      of(instance).some(({ connection, user }) => connection.isUp && user === ''),
    drop(instance) {
      for (const { connection } of of(instance)) connection.drop();
    },
    async verifyHostKey(instance, signal) {
      const request = { owner: owner('check', instance), interactive: true, signal };
      return verifyHostKeyOf(dialParts, await routes.to(instance), request);
    },
    async proveKey(instance, keyName, signal) {
      const { preferredKey: _other, ...way } = await routes.to(instance);
      const passphraseId = `local-key/${keyName}/passphrase`;
      const access: SshAccess = { ...way.access, login: { kind: 'key', keyName, passphraseId } };
      const connect = { ...parts.connect, prompts: questionsOfKey(parts.connect.prompts) };
      const request = { owner: owner('action', instance), interactive: true, signal };
      const { client } = await dialWay({ ...dialParts, connect }, { ...way, access }, request);
      takeLeave(client);
    },
    owner,
    close() {
      for (const { connection } of pool) connection.close();
    },
  };
}

const isLoopback = (address: string): boolean => /^127\.|^::1$/.test(address);

/** Reached whatever the network does; a proxy command may lead anywhere. */
function leadsToLoopback(way: Way): boolean {
  if (way.via) return leadsToLoopback(way.via);
  const { host } = way.access;
  return !way.proxy && (isLoopback(host) || host.toLowerCase() === 'localhost');
}
