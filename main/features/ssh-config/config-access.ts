/** The way in that OpenSSH's configuration describes: every machine on the way with its own address and login. */
import { refusal, type TextRef } from '../../../preload/contract/errors.ts';
import { plainKeyName } from '../../clouds/check-access.ts';
import type { SshAccess } from '../../clouds/cloud.ts';
import { hostSchema, userSchema } from '../../clouds/ssh-address.ts';
import { expandPath, loginOf } from './config-login.ts';
import { type ConfigValues, valuesFor } from './config-values.ts';
import { commandTokens, expandTokens, type TokenFacts } from './expand-tokens.ts';
import { type JumpPlace, jumpOfCommand, parseJumpList } from './jump-list.ts';
import type { ConfigTree } from './read-config.ts';
import { type ResolvedHost, resolveHost } from './resolve-host.ts';
import type { ThisMachine } from './this-machine.ts';

export interface ConfiguredHost {
  /** Whether a Host line has the very name. */
  readonly isNamed: boolean;
  /** Jumps are in it, first hop first. */
  readonly access: SshAccess;
  /** As ProxyJump names them, first hop first. */
  readonly jumps: readonly string[];
  readonly notes: readonly TextRef[];
}

/** More machines on one way than this are no way any more. */
const mostHops = 32;

/** @throws CloudError invalid, saying why the name leads nowhere */
export function configuredHost(
  config: ConfigTree,
  alias: string,
  machine: ThisMachine,
): ConfiguredHost {
  const chain = chainTo(config, { host: alias }, undefined, [], machine);
  const target = chain.at(-1) as Hop;
  const way = chain.slice(0, -1);
  return {
    isNamed: target.isNamed,
    access: {
      ...target.access,
      ...(way.length > 0 && { jumps: way.map((hop) => hop.access) }),
    },
    jumps: way.map(({ named }) => placeText(named)),
    notes: target.notes,
  };
}

interface Hop {
  readonly isNamed: boolean;
  readonly named: JumpPlace;
  readonly access: SshAccess;
  readonly notes: readonly TextRef[];
}

/**
 * The machines up to a place, the place last. Of a list of jumps the first one goes by its own
 * configuration, and each other one through those before it, as `ssh -J` does.
 */
function chainTo(
  config: ConfigTree,
  place: JumpPlace,
  given: readonly JumpPlace[] | undefined,
  path: readonly string[],
  machine: ThisMachine,
): readonly Hop[] {
  if (path.includes(place.host)) throw refusal('invalid', 'config-jump-loop', { name: place.host });
  const asked = {
    alias: place.host,
    localUser: machine.localUser,
    ...(place.user !== undefined && { user: place.user }),
  };
  const values = valuesFor(config, asked);
  const resolved = resolveHost(values, asked, place.port);
  const facts = tokenFacts(resolved, machine);
  const { jumps, note } = given ? { jumps: given } : jumpsOf(resolved, facts);
  if (path.length + jumps.length > mostHops) {
    throw refusal('invalid', 'config-jumps-too-many', { limit: mostHops });
  }
  const last = jumps.at(-1);
  const earlier = jumps.length > 1 ? jumps.slice(0, -1) : undefined;
  const way = last ? chainTo(config, last, earlier, [...path, place.host], machine) : [];
  const hop = toHop(place, resolved, values, facts, machine);
  if (way.length === 0) return [hop];
  // Only the line to the first machine can be made by a command of this machine.
  const { proxyCommand: _unused, ...access } = hop.access;
  return [...way, { ...hop, access, notes: note ? [...hop.notes, note] : hop.notes }];
}

interface Jumps {
  readonly jumps: readonly JumpPlace[];
  readonly note?: TextRef;
}

function jumpsOf({ proxyJump, proxyCommand }: ResolvedHost, facts: TokenFacts): Jumps {
  if (proxyJump === undefined) {
    const jump = proxyCommand === undefined ? undefined : jumpOfCommand(proxyCommand);
    return jump ? { jumps: [jump], note: { id: 'config-command-is-jump' } } : { jumps: [] };
  }
  const text = expandTokens(proxyJump, commandTokens(facts));
  const jumps = text === undefined ? undefined : parseJumpList(text);
  if (!jumps) throw unclear('ProxyJump', proxyJump);
  return { jumps };
}

const unclear = (option: string, value: string) =>
  refusal('invalid', 'config-value-unclear', { option, value: value.slice(0, 100) });

function tokenFacts(resolved: ResolvedHost, machine: ThisMachine): TokenFacts {
  const { alias, host, user, port, proxyJump = '', hostKeyAlias } = resolved;
  return { alias, host, user, port: port ?? 0, jump: proxyJump, hostKeyAlias, ...machine };
}

function toHop(
  named: JumpPlace,
  resolved: ResolvedHost,
  values: ConfigValues,
  facts: TokenFacts,
  machine: ThisMachine,
): Hop {
  const { host, port, user, hostKeyAlias, keepaliveSeconds } = resolved;
  if (!hostSchema.safeParse(host).success) throw unclear('HostName', host);
  if (!userSchema.safeParse(user).success) throw unclear('User', user);
  if (hostKeyAlias !== undefined && !plainKeyName.test(hostKeyAlias)) {
    throw unclear('HostKeyAlias', hostKeyAlias);
  }
  if (port === undefined) throw unclear('Port', values.first.get('port')?.rest ?? '');
  const proxyCommand =
    resolved.proxyCommand && expandTokens(resolved.proxyCommand, commandTokens(facts));
  if (resolved.proxyCommand && !proxyCommand) {
    throw unclear('ProxyCommand', resolved.proxyCommand);
  }
  const knownHostsFiles = resolved.knownHostsFiles.flatMap(
    (file) => expandPath(file, facts, machine) ?? [],
  );
  const { login, notes } = loginOf(resolved, facts, machine);
  return {
    named,
    isNamed: values.isNamed,
    access: {
      host,
      port,
      user,
      hostKeyName: (hostKeyAlias ?? (port === 22 ? host : `[${host}]:${port}`)).toLowerCase(),
      publishedHostKeys: [],
      ...(knownHostsFiles.length > 0 && { knownHostsFiles }),
      login,
      ...(proxyCommand && { proxyCommand }),
      ...(keepaliveSeconds !== undefined && { keepaliveSeconds }),
    },
    notes: [...resolved.notes, ...notes],
  };
}

const placeText = ({ user, host, port }: JumpPlace): string => {
  const shown = host.includes(':') ? `[${host}]` : host;
  return `${user === undefined ? '' : `${user}@`}${shown}${port === undefined ? '' : `:${port}`}`;
};
