/** The operator's own list of servers: kept in the account's settings, secrets in the vault, reachability in memory. */
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { CloudError, refusal, type TextRef } from '../../../preload/contract/errors.ts';
import type { HostKeyInfo } from '../../../preload/contract/instances.ts';
import { isoNow } from '../../core/clock.ts';
import type { CloudContext } from '../cloud.ts';
import type { ServerEdit, ServerForm } from './actions.ts';
import { configSchema, maxServers, type ServerProfile, secretIds } from './profile.ts';
import { type Reach, reach } from './reach.ts';

export interface ServerBook {
  list(): readonly ServerProfile[];
  /** @throws CloudError not-found */
  get(id: string): ServerProfile;
  reachOf(id: string): Reach | undefined;
  /** @returns the new ids */
  add(forms: readonly ServerForm[]): Promise<readonly string[]>;
  edit(id: string, form: ServerEdit): Promise<void>;
  remove(id: string): void;
  /** Looks whether SSH answers. @throws CloudError network, saying why not */
  check(id: string, signal: AbortSignal): Promise<TextRef>;
  checkAll(signal: AbortSignal): Promise<void>;
  /** @throws CloudError when the key is refused or has changed */
  verifyHostKey(id: string, signal: AbortSignal): Promise<HostKeyInfo>;
  forgetHostKey(id: string): void;
}

/** Known the way OpenSSH knows it. */
export const hostKeyName = ({ host, port }: Pick<ServerProfile, 'host' | 'port'>): string =>
  port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;

/** Reachability checks under way at once. */
const parallelChecks = 16;

export function createServerBook(context: CloudContext): ServerBook {
  const { account, vault, clock } = context;
  const reached = new Map<string, Reach>();
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
  const forgetSecrets = (id: string) => {
    for (const secret of Object.values(secretIds(account, id))) vault.remove(secret);
  };
  const look = async (server: ServerProfile, signal: AbortSignal): Promise<Reach> => {
    const result = await reach(server.host, server.port, signal);
    if (!signal.aborted) reached.set(server.id, result);
    return result;
  };

  return {
    list: () => servers,
    get,
    reachOf: (id) => reached.get(id),

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
        for (const { id } of added) forgetSecrets(id);
        throw error;
      }
      return added.map(({ id }) => id);
    },

    async edit(id, form) {
      const before = get(id);
      if (form.forgetSecrets) forgetSecrets(id);
      await saveSecrets(secretsOf(id, form));
      const last = before.prices.at(-1)?.perHour ?? null;
      const samePrice = JSON.stringify(last) === JSON.stringify(form.price);
      const prices = samePrice
        ? before.prices
        : [...before.prices, { from: isoNow(clock), perHour: form.price }];
      if (before.host !== form.host || before.port !== form.port) reached.delete(id);
      const after: ServerProfile = { ...before, ...profileFields(form), prices };
      write(servers.map((server) => (server.id === id ? after : server)));
    },

    remove(id) {
      const server = get(id);
      write(servers.filter((candidate) => candidate.id !== id));
      forgetSecrets(id);
      reached.delete(id);
      const name = hostKeyName(server);
      if (!servers.some((other) => hostKeyName(other) === name)) context.hostKeys.forget(name);
    },

    async check(id, signal) {
      const result = await look(get(id), signal);
      context.changed();
      if (result.kind === 'reachable') {
        return { id: 'server-answers', params: { software: result.software } };
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
    forgetHostKey: (id) => context.hostKeys.forget(hostKeyName(get(id))),
  };
}

const profileFields = ({ name, host, port, user, tags, login }: ServerForm) => ({
  name,
  host,
  port,
  user,
  tags,
  login,
});
