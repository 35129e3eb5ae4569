/** Where a server is and how it is entered: as it was written down, or as the name it follows in OpenSSH's configuration says now. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { SshAddress } from '../../../preload/contract/instances.ts';
import type { SshAccess, SshConfig, SshLogin } from '../cloud.ts';
import { jumpPasswordIds, type ServerProfile, secretIds } from './profile.ts';

/** Known the way OpenSSH knows it. */
const hostKeyName = ({ host, port }: Pick<ServerProfile, 'host' | 'port'>): string =>
  port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;

/**
 * Only a machine on the way, or a command, leads there: nothing can be told from here.
 * @param isPutBehind what the operator's options say, which goes before
 */
export const isBehindAnother = (
  { jumps, proxyCommand }: SshAccess,
  isPutBehind: boolean | undefined,
): boolean => isPutBehind ?? ((jumps?.length ?? 0) > 0 || proxyCommand !== undefined);

/** @throws CloudError not-found `config-alias-gone`, or invalid when the name leads nowhere: never another place than the one meant */
export function accessTo(account: string, server: ServerProfile, sshConfig: SshConfig): SshAccess {
  return server.configAlias === undefined
    ? ownAccess(account, server)
    : followedAccess(account, server, server.configAlias, sshConfig);
}

export const isSamePlace = (one: SshAddress, other: SshAddress): boolean =>
  one.host.toLowerCase() === other.host.toLowerCase() &&
  one.port === other.port &&
  one.user === other.user;

function followedAccess(
  account: string,
  server: ServerProfile,
  alias: string,
  sshConfig: SshConfig,
): SshAccess {
  const access = sshConfig.access(alias);
  if (!access) throw refusal('not-found', 'config-alias-gone', { alias });
  const { password } = secretIds(account, server.id);
  const { login } = access;
  // The name may lead elsewhere by now: what was remembered for one place is not for another.
  const isOwn = login.kind === 'identities' && isSamePlace(access, server);
  return { ...access, follows: alias, login: isOwn ? { ...login, passwordId: password } : login };
}

function ownAccess(account: string, server: ServerProfile): SshAccess {
  const { host, port, user, jumps = [] } = server;
  const passwordIds = jumpPasswordIds(account, server);
  return {
    host,
    port,
    user,
    hostKeyName: hostKeyName(server),
    publishedHostKeys: [],
    login: toLogin(account, server),
    ...(jumps.length > 0 && {
      jumps: jumps.map((jump, hop) => ({
        host: jump.host,
        port: jump.port,
        user: jump.user ?? user,
        hostKeyName: hostKeyName(jump),
        publishedHostKeys: [],
        login: { kind: 'automatic', passwordId: passwordIds[hop] as string },
      })),
    }),
  };
}

function toLogin(account: string, { id, login }: ServerProfile): SshLogin {
  const ids = secretIds(account, id);
  switch (login.kind) {
    case 'agent':
      return { kind: 'agent' };
    case 'automatic':
    case 'password':
      return { kind: login.kind, passwordId: ids.password };
    case 'key':
      return { kind: 'key', keyName: login.keyName, passphraseId: ids.passphrase };
    case 'stored-key':
      return { kind: 'stored-key', keyId: ids.privateKey, passphraseId: ids.passphrase };
  }
}
