/** Calls on instances: the list of all, and the detail of one. */
import { type DetailTab, detailTabs } from '../../preload/contract/constants.ts';
import { refusal } from '../../preload/contract/errors.ts';
import type { Fact, InstanceDetail } from '../../preload/contract/instances.ts';
import type { CloudParts } from '../clouds/cloud.ts';
import type { Log, Redactor } from '../core/log.ts';
import type { Handlers } from '../core/router.ts';
import type { ConnectedAccount } from './connected-account.ts';
import type { Fleet } from './fleet.ts';
import type { KnownHosts } from './ssh/known-hosts.ts';
import { sshCommand } from './ssh/ssh-command.ts';
import type { VaultGuard } from './vault.ts';

export interface InstanceParts {
  readonly fleet: Fleet;
  readonly knownHosts: KnownHosts;
  /** What was learnt of the machine over SSH; empty before the first look. */
  hardwareFacts(key: string): readonly Fact[];
  readonly vaultGuard: VaultGuard;
  readonly redactor: Redactor;
  readonly log: Log;
}

export function instanceHandlers({
  fleet,
  knownHosts,
  hardwareFacts,
  vaultGuard,
  redactor,
  log,
}: InstanceParts): Pick<
  Handlers,
  | 'instances.list'
  | 'instances.detail'
  | 'instances.setLock'
  | 'instances.billing'
  | 'instances.reveal'
> {
  return {
    'instances.list': () => fleet.instances.snapshot(),
    'instances.setLock': ({ key, locked }) => {
      fleet.setLock(key, locked);
      return null;
    },
    'instances.billing': ({ key }, signal) => {
      const { account, target } = fleet.instance(key);
      const { billing } = account.cloud.parts;
      if (!billing) throw refusal('unsupported', 'not-offered', { part: 'billing' });
      return billing.lines(target.id, signal);
    },
    'instances.reveal': async ({ key }, signal) => {
      const { account, target } = fleet.instance(key);
      const { password: part } = account.cloud.parts;
      if (!part) throw refusal('unsupported', 'not-offered', { part: 'password' });
      const owner = { kind: 'action', instance: key, name: target.name, address: '' } as const;
      await vaultGuard.confirm(owner, signal);
      const password = await part.read(target.id);
      if (password === undefined) throw refusal('not-found', 'no-password');
      log.info('a password was revealed', { instance: key });
      redactor.learn(password);
      return { password };
    },
    'instances.detail': async ({ key }): Promise<InstanceDetail> => {
      const { account, target } = fleet.instance(key);
      const { parts } = account.cloud;
      // An instance that cannot be entered just now still has its other facts.
      const access = await fleet.access(key).catch(() => undefined);
      return {
        key,
        tabs: tabsOf(account, account.cloud.tabsIn?.(target.state)),
        ...(access && { sshCommand: sshCommand(access) }),
        hasPassword: parts.password !== undefined,
        hostKeys: access ? knownHosts.trusted(access.hostKeyName) : [],
        publishedHostKeys: access ? knownHosts.published(access.publishedHostKeys) : [],
        config: (await parts.config?.facts(target.id)) ?? [],
        hardware: [...((await parts.hardware?.facts(target.id)) ?? []), ...hardwareFacts(key)],
      };
    },
  };
}

/** Monitor and Hardware need no part of the cloud: both are read over SSH. What only the cloud's console has is said there. */
function tabsOf(
  { cloud: { parts }, kind }: ConnectedAccount,
  open: readonly DetailTab[] = detailTabs,
): readonly DetailTab[] {
  const has = (part: keyof CloudParts) =>
    parts[part] !== undefined || kind.console?.parts.includes(part);
  const tabs: (DetailTab | undefined)[] = [
    parts.access && 'access',
    parts.access && 'monitor',
    has('billing') ? 'billing' : undefined,
    parts.config && 'config',
    (parts.hardware ?? parts.access) && 'hardware',
    has('groups') ? 'network-group' : undefined,
  ];
  return tabs.filter((tab) => tab !== undefined && open.includes(tab)) as DetailTab[];
}
