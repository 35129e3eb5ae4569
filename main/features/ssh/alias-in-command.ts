/** Names of OpenSSH's configuration in pasted commands: `ssh gpu` means there what the configuration says. */
import type { ParsedCommand } from '../../../preload/contract/ssh.ts';
import type { SshAccess, SshConfig } from '../../clouds/cloud.ts';

type Parsed = Extract<ParsedCommand, { kind: 'parsed' }>;

/** Nothing but a name, and tunnels. */
const onlyName =
  /^(?:\$\s+)?(?:ssh\s+)?(?:-[LRD]\s*\S+\s+|-[fNT]+\s+)*([^\s@:-][^\s@:]*)(?:\s+-[LRD]\s*\S+|\s+-[fNT]+)*$/;

/** A line that says no more than a name is offered to follow it; a jump host by name gets its place. */
export function readAliases(
  command: ParsedCommand,
  sshConfig: Pick<SshConfig, 'access'>,
): ParsedCommand {
  if (command.kind === 'refused') return command;
  const [, name] = onlyName.exec(command.line) ?? [];
  const access = name === undefined ? undefined : find(name, sshConfig);
  if (name === undefined || !access) return withJumps(command, sshConfig);
  const { host, port, user } = access;
  const jumps = access.jumps?.map((jump) => ({
    host: jump.host,
    port: jump.port,
    user: jump.user,
  }));
  return { ...command, host, port, user, ...(jumps && { jumps }), configAlias: name };
}

function withJumps(command: Parsed, sshConfig: Pick<SshConfig, 'access'>): Parsed {
  if (!command.jumps) return command;
  const jumps = command.jumps.map((jump) => {
    const access = find(jump.host, sshConfig);
    // One that has a way of its own is more than a place.
    if (!access || access.jumps || access.proxyCommand) return jump;
    const port = jump.port === 22 ? access.port : jump.port;
    return { host: access.host, port, user: jump.user ?? access.user };
  });
  return { ...command, jumps };
}

/** One that leads nowhere is no name here. */
function find(name: string, sshConfig: Pick<SshConfig, 'access'>): SshAccess | undefined {
  try {
    return sshConfig.access(name);
  } catch {
    return undefined;
  }
}
