/** What an account is to its cloud, and what it is to the page. */
import type { Account } from '../../preload/contract/accounts.ts';
import { refusal } from '../../preload/contract/errors.ts';
import type { ActionOffer } from '../../preload/contract/instances.ts';
import {
  type Action,
  type CloudContext,
  type CloudKind,
  type HostKeys,
  no,
  type SshConfig,
  type Verdict,
} from '../clouds/cloud.ts';
import type { Clock } from '../core/clock.ts';
import type { Events } from '../core/events.ts';
import type { Log } from '../core/log.ts';
import type { SavedAccount, Settings } from '../core/settings.ts';
import type { Vault } from '../core/vault.ts';
import type { ConnectedAccount } from './connected-account.ts';
import { connectionOptionsOf } from './ssh/connection-options.ts';

export type AccountIdentity = Omit<SavedAccount, 'config'>;

/** An account that is there without being connected; `lend` gives what others keep in settings and vault. */
export interface BuiltInAccount extends Omit<SavedAccount, 'config'> {
  readonly simulated?: true;
  readonly lend?: Pick<CloudContext, 'ready' | 'readConfig' | 'secret'>;
}

/** What accounts are put to work with. */
export interface FleetParts {
  readonly catalogue: readonly CloudKind[];
  readonly builtInAccounts: readonly BuiltInAccount[];
  /** Whether a built-in account is among the operator's. */
  isWanted(account: string): boolean;
  readonly settings: Settings;
  readonly vault: Vault;
  readonly events: Events;
  readonly clock: Clock;
  readonly log: Log;
  hostKeysOf(account: string): HostKeys;
  readonly sshConfig: SshConfig;
}

/** Where a secret of an account rests in the vault. */
export const accountSecretId = (account: string, name: string) => `account/${account}/${name}`;

/** What a cloud is given for an account. @param changed reads the instances again */
export function createContext(
  { settings, vault, clock, builtInAccounts, hostKeysOf, sshConfig }: FleetParts,
  { id, cloud, name }: AccountIdentity,
  changed: () => void,
): CloudContext {
  return {
    account: id,
    clock,
    vault,
    ready: async () => {},
    readConfig: () => settings.read().accounts.find((saved) => saved.id === id)?.config,
    secret: async (secretName) => {
      const secretId = accountSecretId(id, secretName);
      if (vault.isLockedFor(secretId)) throw refusal('unauthenticated', 'vault-locked');
      return vault.read(secretId);
    },
    ...builtInAccounts.find((account) => account.id === id)?.lend,
    writeConfig: (config) => {
      const others = settings.read().accounts.filter((saved) => saved.id !== id);
      settings.change({ accounts: [...others, { id, cloud, name, config }] });
    },
    changed,
    hostKeys: hostKeysOf(id),
    sshConfig,
    isPutBehind: (instance) => {
      const { jumps } = connectionOptionsOf(settings, `${id}/${instance}`);
      return jumps === null ? undefined : jumps.length > 0;
    },
  };
}

/** The account as the page sees it. */
export function describeAccount(
  { builtInAccounts, settings }: FleetParts,
  account: ConnectedAccount,
  reading: Pick<Account, 'reading' | 'failure' | 'lastReadAt'>,
): Account {
  const builtIn = builtInAccounts.find(({ id }) => id === account.id);
  return {
    id: account.id,
    cloud: account.kind.id,
    name: account.name,
    ...reading,
    parts: Object.keys(account.cloud.parts),
    connected: builtIn === undefined,
    ...(builtIn?.simulated && { simulated: true }),
    ...onlyInConsole(account),
    ...preferencesOf(settings, account.id),
    actions: account.accountActions.map((action) => offer(action.id, action.allowed(null))),
  };
}

/** What the operator prefers for it. */
export function preferencesOf(
  settings: Settings,
  account: string,
): Pick<Account, 'defaultKey' | 'colour'> {
  const { defaultKey, colour } = settings.read().accountPreferences[account] ?? {};
  return { ...(defaultKey && { defaultKey }), ...(colour && { colour }) };
}

/** An account whose settings its cloud cannot read: shown as failed, and left alone. */
export function describeDamaged(
  { builtInAccounts }: FleetParts,
  { id, cloud, name }: AccountIdentity,
  detail: string,
): Account {
  const failure = refusal('invalid', 'account-settings-damaged', { detail }).toFailure();
  const connected = !builtInAccounts.some((account) => account.id === id);
  return { id, cloud, name, reading: 'failed', failure, parts: [], connected, actions: [] };
}

/** What the cloud's own rule says, unless the operator locked the instance here. */
export function allowedHere<Target>(
  action: Action<Target>,
  target: Target,
  locked: boolean,
  input: unknown,
): Verdict {
  return locked && action.endsInstance?.(input) ? no('locked-here') : action.allowed(target);
}

export const offer = (id: string, verdict: Verdict): ActionOffer =>
  verdict.kind === 'ok' ? { id } : { id, rule: verdict.rule };

/** What the console has and the API does not; nothing where the API offers all of it. */
function onlyInConsole({ kind, cloud }: ConnectedAccount): Pick<Account, 'console'> {
  const missing = kind.console?.parts.filter((part) => cloud.parts[part] === undefined) ?? [];
  return kind.console && missing.length > 0
    ? { console: { url: kind.console.url, parts: missing } }
    : {};
}

/** The built-in ones among the wanted, in their own places whether saved or not; then those the operator connected. */
export function allAccounts({
  settings,
  builtInAccounts,
  isWanted,
}: Pick<FleetParts, 'settings' | 'builtInAccounts' | 'isWanted'>): readonly AccountIdentity[] {
  const saved = settings.read().accounts;
  const builtIn = builtInAccounts.flatMap(
    (account) => saved.find(({ id }) => id === account.id) ?? (isWanted(account.id) ? account : []),
  );
  const others = saved.filter(({ id }) => !builtInAccounts.some((account) => account.id === id));
  return [...builtIn, ...others];
}
