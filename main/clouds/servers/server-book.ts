/** The operator's own list of servers: kept in the account's settings, secrets in the vault, reachability in memory. */
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { CloudError, refusal, type TextRef } from '../../../preload/contract/errors.ts';
import type { HostKeyInfo } from '../../../preload/contract/instances.ts';
import { isoNow } from '../../core/clock.ts';
import type { CloudContext, SshAccess } from '../cloud.ts';
import { accessTo, isBehindAnother, isSamePlace } from './place.ts';
import {
  configSchema,
  jumpPasswordIds,
  maxServers,
  type ServerProfile,
  secretIds,
} from './profile.ts';
import { type Reach, reach } from './reach.ts';
import type { ServerEdit, ServerForm } from './server-form.ts';

export interface ServerBook {
  list(): readonly ServerProfile[];
  /** @throws CloudError not-found */
  get(id: string): ServerProfile;
  /** The way in as it is now, or why there is none. */
  accessOf(server: ServerProfile): SshAccess | CloudError;
  reachOf(id: string): Reach | undefined;
  /** Whether a connection of ours is in it now. */
  isEntered(id: string): boolean;
  setEntered(id: string, isIn: boolean): void;
  /** @returns the new ids */
  add(forms: readonly ServerForm[]): Promise<readonly string[]>;
  edit(id: string, form: ServerEdit): Promise<void>;
  remove(id: string): void;
  /** Looks whether SSH answers, as far as that can be seen from here. @throws CloudError network, saying why not */
  check(id: string, signal: AbortSignal): Promise<readonly TextRef[]>;
  checkAll(signal: AbortSignal): Promise<void>;
  /** @throws CloudError when the key is refused or has changed */
  verifyHostKey(id: string, signal: AbortSignal): Promise<HostKeyInfo>;
  /** Also those of the machines on the way that have no entry of their own. */
  forgetHostKey(id: string): Promise<void>;
}

/** Reachability checks under way at once. */
const parallelChecks = 16;

export function createServerBook(context: CloudContext): ServerBook {
  const { account, vault, clock, sshConfig } = context;
  const reached = new Map<string, Reach>();
  const entered = new Set<string>();
  let servers: readonly ServerProfile[] = configSchema.parse(context.readConfig() ?? {}).servers;

  const write = (next: readonly ServerProfile[]) => {
    context.writeConfig({ servers: next });
    servers = next;
    context.changed();
  };
  const get = (id: string): ServerProfile => {
    const server = servers.find((candidate) => candidate.id === id);
    if (!server) throw refusal('not-found', 'server-gone');
    return server;
  };
  const secretsOf = (id: string, form: ServerForm) => {
    const ids = secretIds(account, id);
    const secrets: readonly (readonly [string, string | undefined])[] = [
      [ids.password, form.password],
      [ids.privateKey, form.privateKey],
      [ids.passphrase, form.passphrase],
    ];
    return secrets.flatMap(([name, secret]) =>
      secret === undefined ? [] : [[name, secret] as const],
    );
  };
  const saveSecrets = async (secrets: readonly (readonly [string, string])[]) => {
    if (secrets.length > 0) await vault.saveAll(new Map(secrets));
  };
  const forgetSecrets = (server: Pick<ServerProfile, 'id' | 'user' | 'jumps'>) => {
    const own = Object.values(secretIds(account, server.id));
    for (const secret of [...own, ...jumpPasswordIds(account, server)]) vault.remove(secret);
  };
  const accessOf: ServerBook['accessOf'] = (server) => {
    try {
      return accessTo(account, server, sshConfig);
    } catch (error) {
      if (error instanceof CloudError) return error;
      throw error;
    }
  };
  /** @returns undefined where it cannot be seen from here */
  const look = async (server: ServerProfile, signal: AbortSignal): Promise<Reach | undefined> => {
    const access = accessOf(server);
    if (access instanceof CloudError || isBehindAnother(access, context.isPutBehind(server.id))) {
      reached.delete(server.id);
      return undefined;
    }
    const result = await reach(access.host, access.port, signal);
    if (!signal.aborted) reached.set(server.id, result);
    return result;
  };
  const hostKeyNameOf = (server: ServerProfile): string | undefined => {
    const access = accessOf(server);
    return access instanceof CloudError ? undefined : access.hostKeyName;
  };
  sshConfig.onChange(() => {
    const followers = servers.filter(({ configAlias }) => configAlias !== undefined);
    for (const { id } of followers) reached.delete(id);
    if (followers.length > 0) context.changed();
  });

  return {
    list: () => servers,
    get,
    accessOf,
    reachOf: (id) => reached.get(id),
    isEntered: (id) => entered.has(id),
    setEntered(id, isIn) {
      if (isIn === entered.has(id)) return;
      if (isIn) entered.add(id);
      else entered.delete(id);
      context.changed();
    },

    async add(forms) {
      if (servers.length + forms.length > maxServers) {
        throw refusal('quota', 'too-many-servers', { limit: maxServers });
      }
      const now = isoNow(clock);
      const added = forms.map(
        (form): ServerProfile => ({
          id: randomUUID(),
          ...profileFields(form),
          addedAt: now,
          prices: form.price ? [{ from: now, perHour: form.price }] : [],
        }),
      );
      // Secrets first, and none is left behind when the servers cannot be written.
      try {
        await saveSecrets(
          added.flatMap(({ id }, index) => secretsOf(id, forms[index] as ServerForm)),
        );
        write([...servers, ...added]);
      } catch (error) {
        for (const server of added) forgetSecrets(server);
        throw error;
      }
      return added.map(({ id }) => id);
    },

    async edit(id, form) {
      const before = get(id);
      if (form.forgetSecrets) forgetSecrets(before);
      await saveSecrets(secretsOf(id, form));
      const last = before.prices.at(-1)?.perHour ?? null;
      const samePrice = JSON.stringify(last) === JSON.stringify(form.price);
      const prices = samePrice
        ? before.prices
        : [...before.prices, { from: isoNow(clock), perHour: form.price }];
      const { configAlias, jumps, ...others } = before;
      const after: ServerProfile = {
        ...others,
        ...profileFields({ configAlias, jumps, ...form }),
        prices,
      };
      // A followed name that led elsewhere is written down with its new place.
      if (before.configAlias !== undefined && !isSamePlace(before, after)) {
        if (form.password === undefined) vault.remove(secretIds(account, id).password);
      }
      const isElsewhere = hostKeyNameOf(before) !== hostKeyNameOf(after);
      if (isElsewhere) reached.delete(id);
      write(servers.map((server) => (server.id === id ? after : server)));
      const kept = jumpPasswordIds(account, after);
      for (const secret of jumpPasswordIds(account, before)) {
        if (!kept.includes(secret)) vault.remove(secret);
      }
    },

    remove(id) {
      const server = get(id);
      const name = hostKeyNameOf(server);
      write(servers.filter((candidate) => candidate.id !== id));
      forgetSecrets(server);
      reached.delete(id);
      if (name !== undefined && !servers.some((other) => hostKeyNameOf(other) === name)) {
        context.hostKeys.forget(name);
      }
    },

    async check(id, signal) {
      const server = get(id);
      const access = accessOf(server);
      if (access instanceof CloudError) throw access;
      const result = await look(server, signal);
      context.changed();
      if (!result) return [{ id: 'server-behind-another' }];
      if (result.kind === 'reachable') {
        return [{ id: 'server-answers', params: { software: result.software } }];
      }
      throw new CloudError('network', result.reason.id, { rule: result.reason });
    },

    async checkAll(signal) {
      setMaxListeners(2 * parallelChecks, signal);
      const queue = [...servers];
      const work = async () => {
        for (let server = queue.pop(); server && !signal.aborted; server = queue.pop()) {
          await look(server, signal);
        }
      };
      await Promise.all(Array.from({ length: parallelChecks }, work));
    },

    verifyHostKey: (id, signal) => context.hostKeys.verify(id, signal),
    async forgetHostKey(id) {
      const access = accessTo(account, get(id), sshConfig);
      context.hostKeys.forget(access.hostKeyName);
      await context.hostKeys.forgetOnTheWay(id);
    },
  };
}

const profileFields = (form: ServerForm) => {
  const { name, host, port, user, tags, login, configAlias, jumps } = form;
  return {
    name,
    host,
    port,
    user,
    tags,
    login,
    ...(configAlias && { configAlias }),
    ...(jumps && jumps.length > 0 && { jumps }),
  };
};
