/** How an instance is reached by other programs of this machine: a line for a terminal, a link for VS Code. */
import type { OutsideWays } from '../../../preload/contract/ssh.ts';
import type { SshAccess } from '../../clouds/cloud.ts';
import type { Way } from './routes.ts';
import { sshCommand } from './ssh-command.ts';
import { type VscodePlace, vscodeLink } from './vscode-link.ts';

/** @param alias what OpenSSH's configuration calls the instance, if it does */
export function outsideWays(way: Way, alias: string | undefined): OutsideWays {
  const hops = hopsOf(way);
  const { host, port, user } = way.access;
  if (alias !== undefined) {
    return { alias, command: `ssh ${alias}`, vscodeUrl: vscodeLink({ hostName: alias }) };
  }
  const place: VscodePlace = { hostName: host, user, ...(port !== 22 && { port }) };
  const keyName = keyNameOf(way);
  return {
    command: sshCommand({ host, port, user, jumps: hops, ...(keyName && { keyName }) }),
    // A link can name no machine on the way.
    ...(hops.length === 0 && { vscodeUrl: vscodeLink(place) }),
  };
}

/** First hop first. */
function hopsOf({ via }: Way): readonly SshAccess[] {
  return via ? [...hopsOf(via), via.access] : [];
}

/** A key in the home directory's `.ssh` that is tried first. */
export function keyNameOf({ access: { login }, preferredKey }: Way): string | undefined {
  return login.kind === 'key' ? login.keyName : preferredKey;
}
