/** Calls on pasted SSH commands, keys, OpenSSH's own configuration, and ways in from other programs. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { Handlers } from '../../core/router.ts';
import type { Fleet } from '../fleet.ts';
import type { ConfigFollower } from '../ssh-config/config-follower.ts';
import { createKey } from '../ssh-keys/create-key.ts';
import { installKey } from '../ssh-keys/install-key.ts';
import type { Connections } from './connections.ts';
import { describeLocalKey, listLocalKeys } from './local-keys.ts';
import { parseCommands } from './ssh-command.ts';

export interface SshHandlerParts {
  readonly homeDirectory: string;
  readonly agentSocket: string | undefined;
  readonly sshConfig: ConfigFollower;
  readonly fleet: Fleet;
  readonly connections: Connections;
}

export function sshHandlers({
  homeDirectory,
  agentSocket,
  sshConfig,
  fleet,
  connections,
}: SshHandlerParts): Pick<
  Handlers,
  | 'ssh.parseCommands'
  | 'ssh.localKeys'
  | 'ssh.createKey'
  | 'ssh.installKey'
  | 'ssh.outside'
  | 'ssh.configHosts'
  | 'ssh.includeFile'
  | 'ssh.setIncludeFile'
> {
  return {
    'ssh.parseCommands': ({ text }) => parseCommands(text),
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
    'ssh.outside': () => {
      throw refusal('unsupported', 'not-there-yet');
    },
    'ssh.configHosts': () => {
      const followed = [...fleet.instances.values()].flatMap(({ follows }) => follows ?? []);
      return sshConfig.list(new Set(followed));
    },
    'ssh.includeFile': () => ({ on: false, path: '', configPath: '', line: '', aliases: 0 }),
    'ssh.setIncludeFile': () => ({ on: false, path: '', configPath: '', line: '', aliases: 0 }),
  };
}
