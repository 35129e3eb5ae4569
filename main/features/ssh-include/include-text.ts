/** The text of the file of hosts kept for `ssh` in any terminal: nothing from a cloud can say more in it than a name or a number. */
import { hostSchema, portSchema, userSchema } from '../../clouds/ssh-address.ts';

export interface IncludedHost {
  readonly alias: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Under what name its host keys are known. */
  readonly hostKeyName: string;
  /** As in a known_hosts line: `ssh-ed25519 AAAA…`. */
  readonly publishedHostKeys: readonly string[];
  readonly keyFile?: string;
  readonly keepaliveSeconds: number;
  /** The machine before it, by its name in this file or in OpenSSH's own configuration. */
  readonly jump?: string;
}

const head = `# Kept by Pilothouse: one host for each instance, so that "ssh <name>" works in any terminal.
# What is changed here is lost. It is switched off in the settings of Pilothouse.
`;

/** @param knownHostsFiles where host keys are looked up besides the operator's own files */
export function includeText(
  hosts: readonly IncludedHost[],
  knownHostsFiles: readonly string[],
): string {
  const known = ['~/.ssh/known_hosts', '~/.ssh/known_hosts2', ...knownHostsFiles.map(pathArgument)];
  return [head, ...hosts.filter(isPlain).map((host) => hostText(host, known))].join('\n');
}

/** Host keys that clouds publish, as a known_hosts file. */
export const publishedText = (hosts: readonly IncludedHost[]): string =>
  hosts
    .filter(isPlain)
    .flatMap(({ hostKeyName, publishedHostKeys }) =>
      publishedHostKeys.flatMap((key) => {
        const [, type, base64] = /^([\w@.-]+) ([A-Za-z0-9+/]+=*)(\s|$)/.exec(key) ?? [];
        return type && base64 ? `${hostKeyName} ${type} ${base64}\n` : [];
      }),
    )
    .join('');

function hostText(place: IncludedHost, known: readonly string[]): string {
  const { alias, host, port, user, hostKeyName, keyFile, keepaliveSeconds, jump } = place;
  const usualName = port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
  const lines = [
    `Host ${alias}`,
    `HostName ${host}`,
    `Port ${port}`,
    `User ${user.replaceAll('\\', '\\\\')}`,
    ...(hostKeyName === usualName ? [] : [`HostKeyAlias ${hostKeyName}`]),
    `UserKnownHostsFile ${known.join(' ')}`,
    ...(keyFile ? [`IdentityFile ${pathArgument(keyFile)}`] : []),
    `ServerAliveInterval ${keepaliveSeconds}`,
    // Either of them keeps a `Host *` further down from leading elsewhere.
    jump === undefined ? 'ProxyCommand none' : `ProxyJump ${jump}`,
  ];
  return `${lines.join('\n  ')}\n`;
}

const isPlain = ({ host, port, user, hostKeyName }: IncludedHost): boolean =>
  hostSchema.safeParse(host).success &&
  userSchema.safeParse(user).success &&
  portSchema.safeParse(port).success &&
  /^[\w.:@[\]-]{1,300}$/.test(hostKeyName);

/** Quoted, with slashes that mean nothing else, and without tokens. */
const pathArgument = (path: string): string =>
  `"${path.replaceAll('\\', '/').replaceAll('%', '%%')}"`;
