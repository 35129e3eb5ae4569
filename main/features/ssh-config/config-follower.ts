/** OpenSSH's configuration as it stands now: read at the first question, and again whenever a file of it changes. */
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { ResultOf } from '../../../preload/contract/index.ts';
import type { ConfigHost } from '../../../preload/contract/ssh.ts';
import type { SshConfig } from '../../clouds/cloud.ts';
import { configAliasSchema } from '../../clouds/ssh-address.ts';
import { type ConfiguredHost, configuredHost } from './config-access.ts';
import { namesIn, valuesFor } from './config-values.ts';
import { type ConfigPlaces, readConfig } from './read-config.ts';
import type { ThisMachine } from './this-machine.ts';
import { watchFiles } from './watch-files.ts';

export interface ConfigFollower extends SshConfig {
  /** Every name of a Host line without wildcards. */
  names(): readonly string[];
  /** @param followed the names that servers of the list follow */
  list(followed: ReadonlySet<string>): ResultOf<'ssh.configHosts'>;
  close(): void;
}

/** More names than this are a list nobody reads. */
const maxHosts = 1000;

export function followConfig(machine: ThisMachine & ConfigPlaces): ConfigFollower {
  const handlers: (() => void)[] = [];
  const files = watchFiles(() => {
    config = read();
    known.clear();
    for (const handler of handlers) handler();
  });
  const read = () => {
    const tree = readConfig(machine);
    files.follow(tree.watched);
    return tree;
  };
  /** By name; undefined for a name that no Host line has. */
  const known = new Map<string, ConfiguredHost | CloudError | undefined>();
  let config = read();

  const find = (alias: string): ConfiguredHost | CloudError | undefined => {
    if (!known.has(alias)) known.set(alias, look(alias));
    return known.get(alias);
  };
  const look = (alias: string): ConfiguredHost | CloudError | undefined => {
    try {
      const found = configuredHost(config, alias, machine);
      if (!found.isNamed) return undefined;
      if (configAliasSchema.safeParse(alias).success) return found;
      return refusal('invalid', 'config-alias-invalid');
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      const { isNamed } = valuesFor(config, { alias, localUser: machine.localUser });
      return isNamed ? error : undefined;
    }
  };

  return {
    access(alias) {
      const found = find(alias);
      if (found instanceof CloudError) throw found;
      return found?.access;
    },
    names: () => namesIn(config),
    onChange: (handler) => void handlers.push(handler),
    list(followed) {
      const names = namesIn(config);
      const tooMany = {
        id: 'config-too-many-hosts',
        params: { shown: maxHosts, count: names.length },
      };
      return {
        files: config.paths,
        hosts: names.slice(0, maxHosts).flatMap((alias) => {
          const found = find(alias);
          return found ? [describe(alias, found, followed.has(alias))] : [];
        }),
        problems: names.length > maxHosts ? [...config.problems, tooMany] : config.problems,
      };
    },
    close: () => files.close(),
  };
}

function describe(
  alias: string,
  found: ConfiguredHost | CloudError,
  followed: boolean,
): ConfigHost {
  if (found instanceof CloudError) {
    const notes = found.rule ? [found.rule] : [];
    return { alias, host: '', port: 22, user: '', jumps: [], followed, notes, usable: false };
  }
  const { access, jumps, notes } = found;
  const { host, port, user } = access;
  const proxyCommand = access.jumps?.[0]?.proxyCommand ?? access.proxyCommand;
  return {
    alias,
    host,
    port,
    user,
    jumps,
    ...(proxyCommand && { proxyCommand }),
    followed,
    notes,
    usable: true,
  };
}
