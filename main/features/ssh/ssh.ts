/** Calls on pasted SSH commands, keys, OpenSSH's own configuration, and ways in from other programs. */
import type { Handlers } from '../../core/router.ts';
import type { Fleet } from '../fleet.ts';
import type { ConfigFollower } from '../ssh-config/config-follower.ts';
import type { ManagedInclude } from '../ssh-include/include-file.ts';
import { createKey } from '../ssh-keys/create-key.ts';
import { installKey } from '../ssh-keys/install-key.ts';
import { readAliases } from './alias-in-command.ts';
import type { Connections } from './connections.ts';
import { describeLocalKey, listLocalKeys } from './local-keys.ts';
import { outsideWays } from './outside.ts';
import type { Routes } from './routes.ts';
import { parseCommands } from './ssh-command.ts';

export interface SshHandlerParts {
  readonly homeDirectory: string;
  readonly agentSocket: string | undefined;
  readonly sshConfig: ConfigFollower;
  readonly fleet: Fleet;
  readonly connections: Connections;
  readonly routes: Routes;
  readonly includeFile: ManagedInclude;
}

export function sshHandlers({
  homeDirectory,
  agentSocket,
  sshConfig,
  fleet,
  connections,
  routes,
  includeFile,
}: SshHandlerParts): Pick<
  Handlers,
  | 'ssh.parseCommands'
  | 'ssh.localKeys'
  | 'ssh.createKey'
  | 'ssh.installKey'
  | 'ssh.outside'
  | 'ssh.configHosts'
> {
  return {
    'ssh.parseCommands': ({ text }) =>
      parseCommands(text).map((command) => readAliases(command, sshConfig)),
    'ssh.localKeys': () => ({
      keys: listLocalKeys(homeDirectory),
      agent: agentSocket !== undefined,
    }),
    'ssh.createKey': ({ name, comment, passphrase }) => {
      createKey(homeDirectory, { name, comment, passphrase });
      return describeLocalKey(homeDirectory, name);
    },
    'ssh.installKey': ({ instance, keyName }, signal) =>
      installKey({ connections, homeDirectory }, instance, keyName, signal),
    'ssh.outside': async ({ instance }) => {
      const { follows } = fleet.instance(instance).target;
      const alias = follows ?? includeFile.aliasOf(instance);
      return outsideWays(await routes.to(instance), alias);
    },
    'ssh.configHosts': () => {
      const followed = [...fleet.instances.values()].flatMap(({ follows }) => follows ?? []);
      return sshConfig.list(new Set(followed));
    },
  };
}
