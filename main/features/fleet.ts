/** The fleet: every account with its cloud, and the instances of all of them in one collection. */
import { z } from 'zod';
import type { Account } from '../../preload/contract/accounts.ts';
import { CloudError, refusal } from '../../preload/contract/errors.ts';
import type { Instance, Load, State } from '../../preload/contract/instances.ts';
import { checkAccess } from '../clouds/check-access.ts';
import type { CloudContext, CloudInstance, SshAccess } from '../clouds/cloud.ts';
import { isoNow } from '../core/clock.ts';
import { type Collection, createCollection } from '../core/collection.ts';
import {
  type AccountIdentity,
  allAccounts,
  allowedHere,
  createContext,
  describeAccount,
  describeDamaged,
  type FleetParts,
  offer,
  preferencesOf,
} from './account-context.ts';
import type { ConnectedAccount } from './connected-account.ts';
import { createRounds } from './rounds.ts';

export interface FoundInstance {
  readonly account: ConnectedAccount;
  readonly target: CloudInstance;
}

export interface Fleet {
  readonly accounts: Collection<Account>;
  readonly instances: Collection<Instance>;
  /** @throws CloudError not-found */
  account(id: string): ConnectedAccount;
  connected(): Iterable<ConnectedAccount>;
  /** The instance as its cloud told it last. @throws CloudError not-found */
  instance(key: string): FoundInstance;
  /** The same, or undefined when it is gone. */
  find(key: string): FoundInstance | undefined;
  /** @throws CloudError not-found, unsupported `no-ssh-access`, invalid as `checkAccess` */
  access(key: string): Promise<SshAccess>;
  /** Reads the account's instances now, if it is still there; a failure stands on the account, not in a throw. */
  refresh(account: string, signal?: AbortSignal): Promise<void>;
  /** Reads those accounts again whose last reading failed. */
  refreshFailed(): void;
  /** Shows the latest load in the list, or that it is not known any more. */
  setLoad(key: string, load: Load | undefined): void;
  /** Shows what the operator prefers for an account now. */
  showPreferences(account: string): void;
  /** Locks an instance here, or unlocks it. @throws CloudError not-found */
  setLock(key: string, locked: boolean): void;
  /** Told whenever the kind of an instance's state changes; `state` is absent once it left the list. */
  onStateChange(handler: (key: string, state: State | undefined) => void): void;
  /** Puts a saved account to work and reads it. */
  add(account: AccountIdentity): void;
  remove(account: string): void;
  /** What a cloud is given for an account. */
  contextOf(account: AccountIdentity): CloudContext;
  /** Reads everything once and then again and again. */
  start(): void;
  close(): void;
}

const keyOf = (account: string, id: string) => `${account}/${id}`;

export function createFleet(parts: FleetParts): Fleet {
  const { settings, events, clock, log } = parts;
  const stopping = new AbortController();
  const rounds = createRounds((account) => void readAgainAndAgain(account));
  const readings = new Map<string, number>();
  const loads = new Map<string, Load>();
  const told = new Map<string, CloudInstance>();
  const connected = new Map<string, ConnectedAccount>();
  const stateHandlers: ((key: string, state: State | undefined) => void)[] = [];
  const accounts = createCollection<Account>(
    ({ id }) => id,
    (delta) => events.emit('accounts.changed', delta),
  );
  const instances = createCollection<Instance>(
    ({ key }) => key,
    (delta) => events.emit('instances.changed', delta),
  );

  function connect({ id, cloud: cloudId, name }: AccountIdentity): void {
    const kind = parts.catalogue.find((candidate) => candidate.id === cloudId);
    if (!kind) {
      log.warn('an account of an unknown cloud is left alone', { account: id, cloud: cloudId });
      return;
    }
    try {
      const created = kind.create(contextOf({ id, cloud: cloudId, name }));
      const account: ConnectedAccount = { id, name, kind, ...created };
      connected.set(id, account);
      accounts.set(describeAccount(parts, account, { reading: 'never' }));
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      // Left alone, so that nothing overwrites what the operator can still mend.
      const detail = z.prettifyError(error).slice(0, 300);
      accounts.set(describeDamaged(parts, { id, cloud: cloudId, name }, detail));
    }
  }

  const isLocked = (key: string) => settings.read().locks.includes(key);

  function toInstance(account: ConnectedAccount, target: CloudInstance): Instance {
    const key = keyOf(account.id, target.id);
    const load = loads.get(key);
    return {
      ...target,
      key,
      account: account.id,
      ...(load && { load }),
      ...(isLocked(key) && { locked: true }),
      actions: account.instanceActions.map((action) =>
        offer(action.id, allowedHere(action, { instance: target }, isLocked(key), undefined)),
      ),
    };
  }

  const put = (account: ConnectedAccount, target: CloudInstance): void => {
    const key = keyOf(account.id, target.id);
    const former = told.get(key);
    told.set(key, target);
    instances.set(toInstance(account, target));
    if (former?.state.kind === target.state.kind) return;
    for (const handler of stateHandlers) handler(key, target.state);
  };

  const drop = (key: string): void => {
    instances.remove(key);
    told.delete(key);
    loads.delete(key);
    for (const handler of stateHandlers) handler(key, undefined);
  };

  async function refresh(id: string, signal: AbortSignal = stopping.signal): Promise<void> {
    const account = connected.get(id);
    if (!account) return;
    const reading = (readings.get(id) ?? 0) + 1;
    readings.set(id, reading);
    // A slower reading that began before tells older news, good or bad, perhaps of an account that is gone.
    const isOld = () => readings.get(id) !== reading;
    try {
      const list = await account.cloud.listInstances(signal);
      if (isOld()) return;
      const present = new Set(list.map((target) => keyOf(id, target.id)));
      for (const { key, account: owner } of [...instances.values()]) {
        if (owner === id && !present.has(key)) drop(key);
      }
      for (const target of list) put(account, target);
      accounts.set(describeAccount(parts, account, { reading: 'ok', lastReadAt: isoNow(clock) }));
      rounds.hurry(account);
    } catch (error) {
      if (signal.aborted || isOld()) return;
      const failure =
        error instanceof CloudError ? error : new CloudError('internal', 'could not be read');
      if (failure !== error) log.error('reading instances failed', { account: id, error });
      const lastReadAt = accounts.get(id)?.lastReadAt;
      accounts.set(
        describeAccount(parts, account, {
          reading: 'failed',
          failure: failure.toFailure(),
          ...(lastReadAt && { lastReadAt }),
        }),
      );
    }
  }

  function find(id: string): ConnectedAccount {
    const account = connected.get(id);
    if (!account) throw refusal('not-found', 'account-gone');
    return account;
  }

  async function readAgainAndAgain(account: ConnectedAccount): Promise<void> {
    await refresh(account.id);
    if (account.cloud.probe) {
      await account.cloud.probe(stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted) log.warn('probing failed', { account: account.id, error });
      });
      await refresh(account.id);
    }
    if (stopping.signal.aborted || connected.get(account.id) !== account) return;
    rounds.plan(account);
  }

  const contextOf = (account: AccountIdentity) =>
    createContext(parts, account, () => void refresh(account.id));

  for (const saved of allAccounts(parts)) connect(saved);

  const findInstance: Fleet['find'] = (key) => {
    const target = told.get(key);
    const account = connected.get(instances.get(key)?.account ?? '');
    return target && account && { account, target };
  };
  const instance: Fleet['instance'] = (key) => {
    const found = findInstance(key);
    if (!found) throw refusal('not-found', 'instance-gone');
    return found;
  };

  return {
    accounts,
    instances,
    account: find,
    connected: () => connected.values(),
    instance,
    find: findInstance,
    async access(key) {
      const { account, target } = instance(key);
      if (!account.cloud.parts.access) throw refusal('unsupported', 'no-ssh-access');
      const access = await account.cloud.parts.access.access(target.id);
      checkAccess(access);
      return access;
    },
    refresh,
    refreshFailed() {
      for (const { id, reading } of accounts.values()) {
        if (reading === 'failed' && connected.has(id)) void refresh(id);
      }
    },
    setLoad(key, load) {
      if (load) loads.set(key, load);
      else loads.delete(key);
      const found = findInstance(key);
      if (found) instances.set(toInstance(found.account, found.target));
    },
    showPreferences(id) {
      const { defaultKey: _key, colour: _colour, ...shown } = accounts.get(id) as Account;
      accounts.set({ ...shown, ...preferencesOf(settings, id) });
    },
    setLock(key, locked) {
      const found = instance(key);
      const others = settings.read().locks.filter((other) => other !== key);
      settings.change({ locks: locked ? [...others, key] : others });
      instances.set(toInstance(found.account, found.target));
    },
    onStateChange: (handler) => void stateHandlers.push(handler),
    add(account) {
      connect(account);
      const added = connected.get(account.id);
      if (added) void readAgainAndAgain(added);
    },
    remove(id) {
      connected.delete(id);
      rounds.stop(id);
      readings.set(id, (readings.get(id) ?? 0) + 1);
      accounts.remove(id);
      for (const { key, account } of [...instances.values()]) {
        if (account === id) drop(key);
      }
    },
    contextOf,
    start() {
      for (const account of connected.values()) void readAgainAndAgain(account);
    },
    close() {
      stopping.abort();
      rounds.close();
    },
  };
}
