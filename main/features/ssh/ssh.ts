/** Calls on pasted SSH commands and the keys at hand. */
import type { Handlers } from '../../core/router.ts';
import { listLocalKeys } from './local-keys.ts';
import { parseCommands } from './ssh-command.ts';

export function sshHandlers(
  homeDirectory: string,
  agentSocket: string | undefined,
): Pick<Handlers, 'ssh.parseCommands' | 'ssh.localKeys'> {
  return {
    'ssh.parseCommands': ({ text }) => parseCommands(text),
    'ssh.localKeys': () => ({
      keys: listLocalKeys(homeDirectory),
      agent: agentSocket !== undefined,
    }),
  };
}
