/** Calls on instances: the list of all, and the detail of one. */
import type { DetailTab } from '../../preload/contract/constants.ts';
import type { Fact, InstanceDetail } from '../../preload/contract/instances.ts';
import type { CloudParts } from '../clouds/cloud.ts';
import type { Handlers } from '../core/router.ts';
import type { Fleet } from './fleet.ts';
import type { KnownHosts } from './ssh/known-hosts.ts';
import { sshCommand } from './ssh/ssh-command.ts';

export interface InstanceParts {
  readonly fleet: Fleet;
  readonly knownHosts: KnownHosts;
  /** What was learnt of the machine over SSH; empty before the first look. */
  hardwareFacts(key: string): readonly Fact[];
}

export function instanceHandlers({
  fleet,
  knownHosts,
  hardwareFacts,
}: InstanceParts): Pick<Handlers, 'instances.list' | 'instances.detail'> {
  return {
    'instances.list': () => fleet.instances.snapshot(),
    'instances.detail': async ({ key }): Promise<InstanceDetail> => {
      const { account, target } = fleet.instance(key);
      const { parts } = account.cloud;
      const access = await parts.access?.access(target.id);
      return {
        key,
        tabs: tabsOf(parts),
        ...(access && { sshCommand: sshCommand(access) }),
        hostKeys: access ? knownHosts.trusted(access.hostKeyName) : [],
        config: (await parts.config?.facts(target.id)) ?? [],
        hardware: [...((await parts.hardware?.facts(target.id)) ?? []), ...hardwareFacts(key)],
        billing: (await parts.billing?.lines(target.id)) ?? [],
      };
    },
  };
}

/** Monitor and Hardware need no part of the cloud: both are read over SSH. */
function tabsOf(parts: CloudParts): readonly DetailTab[] {
  const tabs: (DetailTab | undefined)[] = [
    parts.access && 'access',
    parts.access && 'monitor',
    parts.billing && 'billing',
    parts.config && 'config',
    (parts.hardware ?? parts.access) && 'hardware',
  ];
  return tabs.filter((tab) => tab !== undefined);
}
